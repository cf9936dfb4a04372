"""How long it took."""

from watch import Watch


def table(watch: Watch) -> str:
    """For each condition: from its cause to the notification, and from its end until Alertmanager had it resolved."""
    lines = [f"{'alert':<78} {'told after':>12} {'resolved after':>15}"]
    for one in watch.conditions:
        if one.inhibited_by:
            lines.append(f"{one.name:<78} inhibited by {one.inhibited_by.alert}")
            continue
        key = id(one)
        told = f"{watch.told[key] - watch.caused[key]:.0f} s" if key in watch.told else "never"
        # Those that are told for an hour after their cause: of another one it is seen how that hour ends.
        resolved = "in an hour" if one.end is None else "never"
        if key in watch.resolved and key in watch.ended:
            resolved = f"{watch.resolved[key] - watch.ended[key]:.0f} s"
        lines.append(f"{one.name:<78} {told:>12} {resolved:>15}")
    told = len(watch.resolution_told)
    lines.append(f"Of {len(watch.resolved)} alerts that were resolved, {told} ends were told while the test ran.")
    return "\n".join(lines)
