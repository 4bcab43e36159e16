"""What a picture looks like, in 256 bits: the same picture resized, recompressed or a little brighter keeps nearly all of them."""

import io

from PIL import Image

SIDE = 16
MARGIN = 2  # levels of grey by which neighbours must differ, so that noise in a plain area counts for nothing
TOO_PLAIN = 16  # bits set below which there is nothing to tell pictures apart by: blank pages, plain colours
ALIKE = 12  # bits of 256 that may differ


def likeness_of(data: bytes) -> str:
    """64 hexadecimal digits: where the picture grows brighter from left to right, on a coarse grid. Raises for no picture."""
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS)
    levels = grey.tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            left = levels[row * (SIDE + 1) + column]
            bits = bits << 1 | (levels[row * (SIDE + 1) + column + 1] > left + MARGIN)
    return f"{bits:0{SIDE * SIDE // 4}x}"


def are_alike(one: str, other: str) -> bool:
    """True when two pictures are nearly identical; never for pictures too plain to tell apart, or none."""
    if not one or not other:
        return False
    first, second = int(one, 16), int(other, 16)
    if min(first.bit_count(), second.bit_count()) < TOO_PLAIN:
        return False
    return (first ^ second).bit_count() <= ALIKE
