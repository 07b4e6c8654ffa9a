"""Board parameters from measured runs: ``isa-analysis calibrate``.

``read_measurements`` reads the data, ``calibrate`` fits, ``new_board`` makes the board file's text.
"""

from isa_analysis.calibrate.board_file import new_board
from isa_analysis.calibrate.measurements import read_measurements
from isa_analysis.calibrate.run import Calibration, calibrate

__all__ = ["Calibration", "calibrate", "new_board", "read_measurements"]
