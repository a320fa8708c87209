"""Which commands concern what Meta keeps of ours: the native form of WhatsApp, and the templates?"""

import click

from bot.console import do
from bot.settings import Settings


@click.command(help="Show the native form of WhatsApp and how to put it up at Meta; with --publish, put it up.")
@click.option("--publish", is_flag=True, help="Put it up by WHATSAPP_TOKEN in the account WHATSAPP_BUSINESS_ID.")
def flows(publish: bool) -> None:
    """Prints the form that every page of questions is shown in, or publishes it and prints its number."""

    async def job(settings: Settings) -> None:
        from bot.whatsapp.flows import flow_json, flow_name
        from bot.whatsapp.publishing import put_up

        if publish:
            click.echo(f"WHATSAPP_FLOW={await put_up(settings)}")
            click.echo("Put this line into .env and start the bot again.", err=True)
            return
        click.echo(flow_json())
        click.echo(
            f"This is the Flow «{flow_name()}». `python -m bot flows --publish` puts it up. By hand: in the WhatsApp "
            "manager, Flows, make a Flow of the category «Other», paste this as its JSON, publish it, and put its "
            "number into .env as WHATSAPP_FLOW.",
            err=True,
        )

    do(job)


@click.command(
    help="Show the templates of WhatsApp (what may be sent more than a day after somebody's last message), and how "
    "they stand at Meta; with --submit, ask Meta to approve those it does not know yet."
)
@click.option("--submit", is_flag=True, help="Submit by WHATSAPP_TOKEN in the account WHATSAPP_BUSINESS_ID.")
def templates(submit: bool) -> None:
    """Prints, checks, and submits when asked."""

    async def job(settings: Settings) -> None:
        from bot.app import words
        from bot.whatsapp import approving, telling

        prefix = settings.whatsapp_templates or approving.PREFIX
        if not submit:
            for line in telling.listing(words(), prefix):
                click.echo(line)
            if settings.whatsapp_token is None or settings.whatsapp_business_id is None:
                click.echo(
                    "How they stand at Meta is told when WHATSAPP_TOKEN, WHATSAPP_PHONE_ID and WHATSAPP_BUSINESS_ID "
                    "are set; `python -m bot templates --submit` submits them.",
                    err=True,
                )
                return
        found = await (approving.submit if submit else approving.look_up)(settings, words())
        for line in telling.report(found, prefix):
            click.echo(line, err=not submit)
        if settings.whatsapp_templates is None:
            click.echo(
                f"To send them put this line into .env and start the bot again: WHATSAPP_TEMPLATES={prefix}", err=True
            )

    do(job)
