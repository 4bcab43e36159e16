"""What a reversal changes, as a reader may see it: figures of units above the reader are named without their values."""

from yibenzhang.access.scope import Actor, units_for
from yibenzhang.indicators.effects import Effect, reversal_effects
from yibenzhang.vouchers.models import Voucher


def effects_for(actor: Actor, voucher: Voucher) -> list[tuple[Effect, bool]]:
    """Every figure that moves, and whether the actor may read its value."""
    effects = reversal_effects(voucher)
    units = {effect.unit.pk for effect in effects}
    seen = set(units_for(actor).filter(pk__in=units).values_list("pk", flat=True))
    return [(effect, effect.unit.pk in seen) for effect in effects]
