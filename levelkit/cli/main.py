"""Command line: the group, and how every run ends: 0 done, 1 does not hold, 2 bad input, 3 a bug."""

from __future__ import annotations

import os
import traceback
from typing import TYPE_CHECKING, Any

import click

from levelkit import __version__
from levelkit.cli import output, texts
from levelkit.cli.group import OPEN, LazyGroup
from levelkit.errors import Cancelled, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from levelkit.cli.window import Opener

CONTRACT = 1
DONE, DOES_NOT_HOLD, BAD_INPUT, BUG = 0, 1, 2, 3

COMMANDS = {
    "classify": "levelkit.cli.classify:classify",
    "sample": "levelkit.cli.sample:sample",
    "import": "levelkit.cli.import_:import_file",
    "export": "levelkit.cli.export:export",
    "systems": "levelkit.cli.systems:systems",
    "impact": "levelkit.cli.impact:impact",
    "report": "levelkit.cli.report:report",
    "check": "levelkit.cli.check:check",
    "render": "levelkit.cli.render:render",
    "selfcheck": "levelkit.cli.selfcheck:selfcheck",
    "render-worker": "levelkit.cli.worker:render_worker",
    OPEN: "levelkit.cli.window:open_window",
}

_HELP = """Xác định cấp độ an ninh mạng của hệ thống thông tin và lập hồ sơ đề xuất cấp độ.

Không có lệnh: mở cửa sổ, trên TỆP nếu có ghi (TỆP.levelkit).

Tệp làm việc của các lệnh: --workspace, không có thì biến LEVELKIT_WORKSPACE, không có nữa thì tệp mặc định
trong thư mục tài liệu.

Mã thoát: 0 xong; 1 xong nhưng điều được hỏi không đạt; 2 dữ liệu hoặc cách gọi sai; 3 lỗi chương trình.
"""


def _print_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:  # noqa: FBT001
    if not value or ctx.resilient_parsing:
        return
    from levelkit.services import versions

    click.echo("\n".join(versions.lines(CONTRACT)))
    ctx.exit()


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    help=_HELP,
    options_metavar="[TÙY CHỌN]",
    subcommand_metavar="[LỆNH [ĐỐI SỐ] …] | [TỆP]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="In phiên bản chương trình, hợp đồng, định dạng tệp và bộ luật rồi thoát.",
)
def cli() -> None:
    """Do nothing: the commands do."""


def run(arguments: Sequence[str], opener: Opener | None = None) -> int:
    """Run one command and return its exit code; ``opener`` opens the window where none is named."""
    texts.install()
    output.use_utf8()
    from levelkit.services import leftovers, logs

    logs.start()
    leftovers.clear()
    try:
        return _run(list(arguments), opener)
    finally:
        logs.stop()


def _run(arguments: list[str], opener: Opener | None) -> int:
    try:
        result: Any = cli.main(arguments, prog_name="levelkit", standalone_mode=False, obj=opener)
        output.flush()
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except UserError as error:
        output.note(f"Lỗi: {error}")
        return BAD_INPUT
    except (click.Abort, KeyboardInterrupt, Cancelled):
        output.note("Đã dừng theo yêu cầu. Không có gì viết dở.")
        return BAD_INPUT
    except (BrokenPipeError, SystemExit):  # the reader of stdout went away: nobody is there to be told
        output.give_up_stdout()
        return DONE
    except Exception as error:
        if output.is_full(error):
            output.give_up_stdout()
            output.note("Không ghi hết được kết quả: nơi ghi đã hết chỗ. Giải phóng chỗ rồi chạy lại lệnh.")
            return BAD_INPUT
        return bug(error)
    return result if isinstance(result, int) else DONE


def bug(error: Exception) -> int:
    """Say that the program failed and where the report lies; return the exit code."""
    if os.environ.get("LEVELKIT_DEBUG") == "1":
        traceback.print_exception(error)
        return BUG
    from levelkit.services import crash

    place = crash.write(error)
    where = f"Báo cáo, không chứa câu trả lời nào: {place}" if place else crash.report(error)
    output.note(f"Lỗi của chương trình levelkit {__version__} ({type(error).__name__}). {where}")
    return BUG
