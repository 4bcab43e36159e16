"""How a stored quantity is shown: integers in the account's smallest unit, 万 only on screen."""

from fractions import Fraction


def grouped(value: int) -> str:
    """1286 → `1,286`; the minus is a real one (−6)."""
    text = f"{abs(value):,}"
    return f"−{text}" if value < 0 else text


def in_display_unit(value: int, divisor: int) -> str:
    """A quantity divided for the screen without losing digits: 980000 by 10000 → `98`; 985000 → `98.5`."""
    if divisor == 1:
        return grouped(value)
    whole, rest = divmod(abs(value), divisor)
    decimals = f"{rest:0{len(str(divisor)) - 1}d}".rstrip("0")
    text = f"{whole:,}" + (f".{decimals}" if decimals else "")
    return f"−{text}" if value < 0 else text


def percentage(value: Fraction) -> str:
    """A ratio for the screen, rounded half up to one decimal: 1 → `100%`, 2/3 → `66.7%`."""
    tenths = (value.numerator * 2000 + value.denominator) // (value.denominator * 2)
    whole, rest = divmod(tenths, 10)
    return f"{whole}.{rest}%" if rest else f"{whole}%"
