"""``levelkit selfcheck``."""

from __future__ import annotations

import click


@click.command(options_metavar="[TÙY CHỌN]")
def selfcheck() -> None:
    """Nạp mọi bộ luật và biểu hỏi, dịch mọi mẫu, dựng thử một trang."""
    from levelkit.services import selfcheck as service

    for line in service.run():
        click.echo(line)
    click.echo("Tất cả đều dùng được.")
