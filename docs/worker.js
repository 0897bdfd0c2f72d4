// A page that is opened from a disk may not start a worker. The search then runs in a hidden frame instead.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.appendChild(frame);
      const inner = frame.contentWindow;
      window.addEventListener("message", (event) => {
        if (event.source !== inner) return;
        const message = new MessageEvent("message", { data: event.data });
        this.dispatchEvent(message);
        if (this.onmessage) this.onmessage(message);
      });
      this.ready = new Promise((done) => {
        inner.document.open();
        inner.postMessage = (data) => window.dispatchEvent(new MessageEvent("message", { data, source: inner }));
        const script = inner.document.createElement("script");
        script.src = url;
        script.onload = () => done(inner);
        inner.document.close();
        inner.document.body.appendChild(script);
      });
    }
    postMessage(data) {
      this.ready.then((inner) => inner.dispatchEvent(new MessageEvent("message", { data })));
    }
    terminate() {}
  };
}
