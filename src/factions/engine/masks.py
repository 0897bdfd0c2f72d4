"""Sets of blocs as bit masks."""

from llvmlite import ir
from numba import types
from numba.extending import intrinsic, overload, register_jitable


@register_jitable(forceinline=True)
def mask_of(b):
    """The mask of bloc b alone; empty for -1, nobody's.  Without a branch, so that loops take eight leaders at once."""
    return (b >= 0) << (b & 63)


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
