"""How long measures are kept: as long as the case that they belong to."""

from varna.foundation.series import RecordSeries


SERIES = [
    RecordSeries(
        key="support",
        title="Stödåtgärder, polisanmälningar och erbjudanden om företagshälsovård i ärenden",
        models=("support.Measure", "support.PoliceContact", "support.HealthOffer"),
        why="Stöd till den utsatta, uppföljning och prövning i efterhand.",
        keep_years=5,
        disposal="Nycklarna förstörs efter beslut; raderna blir kvar utan läsbart innehåll.",
    ),
]
