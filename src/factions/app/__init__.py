"""The app: replay, what-ifs, the record and the parameters in a browser, on this machine.

`forms` and `visit` know nothing of the browser; `tags`, `results` and the tabs draw; `server` starts it.
"""
