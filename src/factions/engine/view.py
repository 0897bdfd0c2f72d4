"""How kernels see a case and a world: fields by name, at the cost of a word or two in a call.

A world has some forty arrays and a case as many.  As arguments each would be seven numbers in every call of every
kernel, and compiling those calls took most of a minute.  So kernels get a view: the address of a table with one row a
field (address, bytes from one world to the next, lengths of up to three axes), and the number of the world.  What
`world.trust` means is known when the kernel is compiled, from the table of fields; where it lies is read from the row.
A view owns nothing: the arrays must outlive the call.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, overload, register_model
from numba.np.arrayobj import populate_array
from numba.np.numpy_support import from_dtype

from factions.world.case import Case
from factions.world.fields import Field, fields
from factions.world.state import State, one_world

_ROW = 5  # address, stride, three lengths


class View(types.Type):
    """The type of a view of one table: `Case`, or one world of a `State`."""

    def __init__(self, table: type) -> None:
        self.rows = list(fields(table).items())
        self.scalars = table is Case  # a case's field without axes is a number; a world's has length 1, to be written
        super().__init__(name=f"View({table.__name__})")

    def field_type(self, row: Field) -> types.Type:
        """The type of a field as kernels see it."""
        dtype = from_dtype(np.dtype(row.dtype))
        if not row.axes and self.scalars:
            return dtype
        return types.Array(dtype, max(len(row.axes), 1), "C")


CASE, WORLD = View(Case), View(State)


@register_model(View)
class _ViewModel(models.StructModel):
    def __init__(self, manager, view) -> None:
        members = [("table", types.CPointer(types.int64)), ("place", types.int64)]
        super().__init__(manager, view, members)


@infer_getattr
class _ViewAttribute(AttributeTemplate):
    key = View

    def generic_resolve(self, view, name):
        """The type of a field, or nothing if the table has no such row."""
        row = dict(view.rows).get(name)
        return None if row is None else view.field_type(row)


@lower_getattr_generic(View)
def _read_field(context, builder, view, value, name):
    """The array of a field, made from its row; rows never change while kernels run, which LLVM is told."""
    held = context.make_helper(builder, view, value)
    number = [known for known, _ in view.rows].index(name)
    constant = builder.module.add_metadata([])

    def entry(column: int):
        pointer = builder.gep(held.table, [ir.Constant(ir.IntType(64), number * _ROW + column)])
        loaded = builder.load(pointer)
        loaded.set_metadata("invariant.load", constant)
        return loaded

    kind = view.field_type(dict(view.rows)[name])
    if not isinstance(kind, types.Array):
        return entry(0)
    address = builder.add(entry(0), builder.mul(entry(1), held.place))
    shape = [entry(2 + axis) for axis in range(kind.ndim)]
    array = context.make_array(kind)(context, builder)
    item = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    strides = [context.get_constant(types.intp, item)]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    data = builder.inttoptr(address, context.get_data_type(kind.dtype).as_pointer())
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=item, meminfo=None)
    return array._getvalue()


def _opened(view: View):
    """The intrinsic that makes a view of a table."""

    @intrinsic
    def opened(typing, table, place):
        def make(context, builder, signature, arguments):
            held = context.make_helper(builder, view)
            held.table = context.make_array(signature.args[0])(context, builder, arguments[0]).data
            held.place = context.cast(builder, arguments[1], signature.args[1], types.int64)
            return held._getvalue()

        return view(table, place), make

    return opened


_open_case, _open_world = _opened(CASE), _opened(WORLD)


def case_view(source):
    """The case, as kernels see it; `source` is what `source_of` gives."""
    return source


def world_view(source, w):
    """World w of a block, as kernels see it."""
    return one_world(source, w)


@overload(case_view)
def _case_view(source):
    return lambda source: _open_case(source, 0)


@overload(world_view)
def _world_view(source, w):
    return lambda source, w: _open_world(source, w)


# Beside the records, not in them: a copy of a record has arrays of its own, which lie elsewhere.
_tables: WeakKeyDictionary[Case | State, np.ndarray] = WeakKeyDictionary()


def source_of(record: Case | State) -> np.ndarray | Case | State:
    """What a kernel opens a view of: the table of a record's fields; the record itself when nothing is compiled."""
    if numba.config.DISABLE_JIT:
        return record
    if record not in _tables:
        table: type = type(record)
        rows = [_row(record, name, row) for name, row in fields(table).items()]
        _tables[record] = np.array(rows, np.int64).ravel()
    return _tables[record]


def _row(record: Case | State, name: str, row: Field) -> list[int]:
    value = getattr(record, name)
    if not isinstance(value, np.ndarray):
        return [int(value), 0, 0, 0, 0]
    if value.dtype != row.dtype or not value.flags.c_contiguous:
        raise TypeError(f"{name} must be a contiguous array of {np.dtype(row.dtype)}, not of {value.dtype}")
    worlds = isinstance(record, State)
    lengths = value.shape[1:] if worlds else value.shape
    stride = value.strides[0] if worlds else 0
    return [value.__array_interface__["data"][0], stride, *lengths, *([0] * (3 - len(lengths)))]
