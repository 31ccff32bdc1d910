"""levelkit: xác định cấp độ và lập hồ sơ đề xuất cấp độ hệ thống thông tin."""

__version__ = "0.1.0"
