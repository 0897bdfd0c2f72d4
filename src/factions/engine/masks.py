"""Sets of blocs as bit masks."""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload


def lowest(mask):
    """Number of the lowest bloc of a mask that is not empty."""
    return (int(mask) & -int(mask)).bit_length() - 1


@intrinsic
def _trailing_zeros(typing, mask):
    def count(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.int64), count


@overload(lowest)
def _lowest(mask):
    return lambda mask: _trailing_zeros(mask)
