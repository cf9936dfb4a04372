/// What the pages load.
enum PageAssets {
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#1a5fb4"/>\
        <path d="M4 12V7m4 5V4m4 8V9" stroke="#fff" stroke-width="2"/></svg>
        """

    /// Brings the page up to date where it is seen, without losing where the reader is. Without it, the page is
    /// brought up to date by loading it again.
    static let script = """
        "use strict";
        const interval = 5000;
        const note = document.getElementById("refreshed");
        async function refresh() {
          if (document.hidden || document.getElementById("main").contains(document.activeElement)) return;
          try {
            const response = await fetch(location.href, { cache: "no-store" });
            if (!response.ok) throw new Error(String(response.status));
            const page = new DOMParser().parseFromString(await response.text(), "text/html");
            document.getElementById("main").replaceChildren(...page.getElementById("main").childNodes);
            if (note.textContent) note.textContent = "";
          } catch {
            const text = "The exporter does not answer; what is shown may be old.";
            if (note.textContent !== text) note.textContent = text;
          }
        }
        setInterval(refresh, interval);

        """

    static let style = """
        :root { color-scheme: light dark; --text: #1c1c1e; --quiet: #595961; --page: #f6f6f8; --card: #fff;
          --line: #d5d5dc; --link: #0b57b0; --bad: #a51d2d; --warn: #7a4b00; --good: #1d6b34; --busy: #0b57b0;
          --none: #595961; --gap: .75rem; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #ececf0; --quiet: #a9a9b4; --page: #17171a; --card: #222226; --line: #3d3d45; --link: #8ab8ff;
            --bad: #ff9aa2; --warn: #f2c063; --good: #86d79b; --busy: #8ab8ff; --none: #a9a9b4; }
        }
        * { box-sizing: border-box; }
        body { background: var(--page); color: var(--text); font: 15px/1.5 system-ui, sans-serif; margin: 0 auto;
          max-width: 70rem; padding: 0 1rem 2rem; overflow-wrap: anywhere; }
        a { color: var(--link); }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        header { align-items: baseline; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 1rem;
          justify-content: space-between; }
        nav a { margin-right: .75rem; }
        .product { font-weight: 600; }
        .product a { color: inherit; text-decoration: none; }
        .quiet { color: var(--quiet); font-weight: 400; }
        .skip { left: -99rem; position: absolute; }
        .skip:focus { left: 1rem; }
        h1 { font-size: 1.4rem; }
        h2 { font-size: 1.1rem; margin: 0; }
        main > h2 { margin: 1rem 0 .3rem; }
        ul { list-style: none; margin: 0; padding: 0; }
        .filters { display: flex; flex-wrap: wrap; gap: .5rem; }
        .filters a { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; display: block;
          padding: .15rem .75rem; text-decoration: none; }
        .filters a[aria-current] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
        form { align-items: center; display: flex; flex-wrap: wrap; gap: .5rem; margin: var(--gap) 0; }
        input, button { background: var(--card); border: 1px solid var(--quiet); border-radius: .3rem; color: inherit;
          font: inherit; min-width: 0; padding: .25rem .6rem; }
        .bot { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--none);
          border-radius: .4rem; display: flow-root; margin: var(--gap) 0; padding: var(--gap) 1rem; }
        .bot.failed, .bot.unreachable { border-left-color: var(--bad); }
        .bot.drifting { border-left-color: var(--warn); }
        .bot.active { border-left-color: var(--busy); }
        .bot.fine { border-left-color: var(--good); }
        .bot > .runs { float: right; margin: -1.4rem 0 0 1rem; }
        .bot p { margin: .1rem 0 .4rem; }
        .badge { border: 1px solid; border-radius: .3rem; color: var(--none); display: inline-block; font-size: .8rem;
          font-weight: 600; justify-self: start; line-height: 1.35; padding: 0 .4rem; white-space: nowrap; }
        .badge.failed, .badge.unreachable, .failing, .failure b { color: var(--bad); }
        .badge.drifting { color: var(--warn); }
        .badge.active { color: var(--busy); }
        .badge.fine, .badge.success { color: var(--good); }
        .targets li { align-items: baseline; border-top: 1px solid var(--line); display: grid; gap: .1rem .75rem;
          grid-template-columns: 15rem 7rem 1fr; padding: .3rem 0; }
        .detail { display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
        .sync { align-items: center; display: inline-flex; gap: .4rem; }
        progress { height: .7rem; vertical-align: middle; width: 7rem; }
        svg rect.in { fill: var(--good); }
        svg rect.out { fill: none; stroke: var(--bad); stroke-width: 2; transform: translate(1px, 1px) scale(.8); transform-box: fill-box; }
        svg rect.success { fill: var(--good); }
        svg rect.failed { fill: var(--bad); }
        svg rect.unknown { fill: var(--none); }
        .pages { display: flex; gap: 1rem; justify-content: center; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; min-width: 30rem; }
        th, td { border-bottom: 1px solid var(--line); padding: .25rem 1rem .25rem 0; text-align: left; }
        @media (max-width: 45rem) {
          .targets li { grid-template-columns: 1fr auto; }
          .detail { grid-column: 1 / -1; }
          .bot > .runs { float: none; margin: .4rem 0 0; display: block; }
        }

        """
}
