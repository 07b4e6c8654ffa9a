"""When does everything happen? Timing models that overlap engines, loops in closed form."""

from isa_analysis.schedule.api import plan, schedule
from isa_analysis.schedule.model import (
    ENGINES,
    STALLS,
    Block,
    EngineUse,
    LoopRun,
    LoopTiming,
    Schedule,
    Steady,
    Steps,
    Turn,
    walk,
)
from isa_analysis.schedule.run import build_schedule, run_plan

__all__ = [
    "ENGINES",
    "STALLS",
    "Block",
    "EngineUse",
    "LoopRun",
    "LoopTiming",
    "Schedule",
    "Steady",
    "Steps",
    "Turn",
    "build_schedule",
    "plan",
    "run_plan",
    "schedule",
    "walk",
]
