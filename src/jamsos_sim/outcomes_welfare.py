"""Income and poverty: what the contribution weighs, and who is poor after a death or an injury, by world."""

from jamsos_sim.outcomes_targeting import Share

WELFARE_SHARES = {
    "recipients_burden": Share("recipients_due", "recipients_earned"),
    "recipients_strained": Share("recipients_strained", "recipients_weighed"),
    "self_payers_burden": Share("self_payers_due", "self_payers_earned"),
    "self_payers_strained": Share("self_payers_strained", "self_payers_asked"),
    "self_payers_lapsing": Share("self_payers_lapsed", "self_payers_asked"),
    "bereaved_poor_without_cover": Share("bereaved_poor_without_cover", "bereaved_households"),
    "bereaved_poor": Share("bereaved_poor", "bereaved_households"),
    "bereaved_poor_with_full_cover": Share("bereaved_poor_with_full_cover", "bereaved_households"),
    "injured_poor_without_cover": Share("injured_poor_without_cover", "injured_households"),
    "injured_poor": Share("injured_poor", "injured_households"),
    "injured_poor_with_full_cover": Share("injured_poor_with_full_cover", "injured_households"),
}
"""Indicator to its share: contributions over income, and people over those who are asked or looked at.

What weighs on recipients is what the contribution would weigh if they paid it alone. Households below the
poverty line are looked at over some months after a death or an accident: without any benefit, with what was
claimed, and with what full cover would have paid.
"""

WELFARE_QUANTITIES = tuple(
    sorted({name for share in WELFARE_SHARES.values() for name in (share.part, share.whole)})
)
"""Quantities of which the shares are made."""
