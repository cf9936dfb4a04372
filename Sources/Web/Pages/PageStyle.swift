/// How the pages look.
enum PageStyle {
    static let sheet = """
        :root { color-scheme: light dark; --text: #1b1d21; --quiet: #596069; --page: #f5f6f8; --card: #fff; --line: #e1e4e8;
          --edge: #c9ced6; --link: #0b57b0; --bad: #b3202f; --warn: #8a5000; --good: #1f7a3d; --busy: #0b57b0;
          --none: #6a717b; --bad-soft: #fdecee; --warn-soft: #fdf1dc; --good-soft: #e7f5eb; --busy-soft: #e7f0fb;
          --none-soft: #eceef1; }
        @media (prefers-color-scheme: dark) {
          :root { --text: #e8eaed; --quiet: #a3abb5; --page: #131518; --card: #1b1e22; --line: #2b2f36; --edge: #4a515b;
            --link: #8ab8ff; --bad: #ff8f98; --warn: #f0b95a; --good: #6fcf8b; --busy: #8ab8ff; --none: #9aa2ad;
            --bad-soft: #3a1d21; --warn-soft: #36290f; --good-soft: #16301f; --busy-soft: #182a42; --none-soft: #2a2e34; }
        }
        * { box-sizing: border-box; }
        body { background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif;
          font-variant-numeric: tabular-nums; margin: 0 auto; max-width: 72rem; padding: 0 1rem 2rem;
          overflow-wrap: anywhere; }
        main:focus { outline: none; }
        a { color: var(--link); }
        :focus-visible { border-radius: 2px; outline: 2px solid var(--link); outline-offset: 2px; }
        body > header { align-items: baseline; display: flex; flex-wrap: wrap; gap: .25rem 1rem;
          justify-content: space-between; padding: .75rem 0; }
        body > header p { margin: 0; }
        nav a + a { margin-left: .75rem; }
        .product { font-weight: 600; }
        .product a { color: inherit; text-decoration: none; }
        .quiet, .product span { color: var(--quiet); font-weight: 400; }
        .bad { color: var(--bad); }
        .hidden { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
        .skip { background: var(--card); left: -99rem; padding: .25rem .5rem; position: absolute; }
        .skip:focus { left: 1rem; }
        h1, h2 { font-weight: 600; line-height: 1.25; margin: 0; }
        h1 { font-size: 1.4rem; margin-bottom: .6rem; }
        h2 { font-size: 1.1rem; }
        main > h2 { margin: 1.5rem 0 .4rem; }
        ul { list-style: none; margin: 0; padding: 0; }
        .tools { display: flex; flex-wrap: wrap; gap: .6rem 1rem; justify-content: space-between; }
        .filters { display: flex; flex-wrap: wrap; gap: .4rem; }
        .filters a { background: var(--card); border: 1px solid var(--edge); border-radius: 1rem; color: var(--text);
          display: block; padding: .15rem .7rem; text-decoration: none; }
        .filters a:hover { border-color: var(--link); }
        .filters a[aria-current] { border-color: var(--link); box-shadow: inset 0 0 0 1px var(--link); }
        .filters .all { display: none; }
        form { display: flex; gap: .4rem; }
        input, button { background: var(--card); border: 1px solid var(--none); border-radius: .3rem; color: inherit;
          font: inherit; min-width: 0; padding: .15rem .6rem; }
        input::placeholder { color: var(--quiet); opacity: 1; }
        .found { margin: .6rem 0 0; }
        .back { margin: 0 0 .6rem; }
        .bot { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--none);
          border-radius: .4rem; margin: .6rem 0; padding: .6rem .9rem .35rem; }
        .bot.failed, .bot.unreachable { border-left-color: var(--bad); }
        .bot.drifting { border-left-color: var(--warn); }
        .bot.active { border-left-color: var(--busy); }
        .bot.fine { border-left-color: var(--good); }
        .bot > header { display: grid; gap: .15rem 1rem; grid-template-columns: 1fr auto; }
        .bot h1 { margin: 0; }
        .bot .runs { grid-column: 2; grid-row: 1 / 3; text-align: right; }
        .facts { display: flex; flex-wrap: wrap; gap: 0 1rem; grid-column: 1; margin: 0; }
        .scarce { color: var(--warn); font-weight: 600; }
        .runs { margin: 0; }
        .runs svg { border-bottom: 1px solid var(--edge); display: inline-block; vertical-align: bottom; }
        .runs figcaption { color: var(--quiet); font-size: .8rem; }
        .badge { background: var(--none-soft); border-radius: .8rem; color: var(--text); display: inline-block;
          font-size: .8rem; font-weight: 600; padding: 0 .55rem; vertical-align: .1em; white-space: nowrap; }
        .badge.failed, .badge.unreachable { background: var(--bad-soft); color: var(--bad); }
        .badge.drifting { background: var(--warn-soft); color: var(--warn); }
        .badge.active { background: var(--busy-soft); color: var(--busy); }
        .badge.fine { background: var(--good-soft); color: var(--good); }
        .dot { background: var(--none); border-radius: 50%; display: inline-block; flex: none; height: .55em;
          margin-right: .4em; width: .55em; }
        .dot.failed, .dot.unreachable { background: var(--bad); }
        .dot.drifting { background: var(--warn); }
        .dot.active { background: var(--busy); }
        .dot.fine { background: var(--good); }
        .dot.unknown { background: none; box-shadow: inset 0 0 0 2px var(--none); }
        .failure { background: var(--bad-soft); border-radius: .3rem; margin: .4rem 0; padding: .3rem .6rem; }
        .failure b { color: var(--bad); }
        table { border-collapse: collapse; }
        th { font-weight: 600; }
        th, td { border-top: 1px solid var(--line); padding: .22rem .9rem .22rem 0; text-align: left; vertical-align: top; }
        thead th { border: 0; color: var(--quiet); font-size: .8rem; font-weight: 400; padding-bottom: .1rem; }
        .matrix { margin-top: .3rem; table-layout: fixed; width: 100%; }
        .matrix th:first-child { width: 8.5rem; }
        .matrix thead th:nth-child(2):not(:last-child) { width: 52%; }
        .matrix td { padding-right: 1.6rem; }
        .matrix tr > :last-child { padding-right: 0; }
        .target { display: flex; flex-wrap: wrap; gap: 0 .8rem; }
        .status { font-weight: 400; min-width: 6.2rem; white-space: nowrap; }
        .status.failed { color: var(--bad); font-weight: 600; }
        .status.active { color: var(--busy); }
        .bar, .sync { align-items: center; display: inline-flex; flex-wrap: wrap; gap: 0 .4rem; }
        .late, .drift { color: var(--warn); }
        .age { margin-left: auto; white-space: nowrap; }
        progress { accent-color: var(--busy); height: .7rem; width: 5rem; }
        .late progress { accent-color: var(--warn); }
        svg rect.in { fill: var(--good); transform: scale(.72); transform-box: fill-box; transform-origin: center; }
        svg rect.out { fill: var(--card); stroke: var(--bad); stroke-width: 3; transform: scale(.72);
          transform-box: fill-box; transform-origin: center; }
        svg rect.success { fill: var(--good); }
        svg rect.failed { fill: var(--bad); }
        svg rect.unknown { fill: var(--none); }
        .pages { display: flex; gap: 1rem; justify-content: center; margin-top: 1rem; }
        .scroll { background: var(--card); border: 1px solid var(--line); border-radius: .4rem; overflow-x: auto;
          padding: .3rem .9rem; }
        .list { min-width: 100%; overflow-wrap: normal; }
        .list th, .list td { white-space: nowrap; }
        .list tbody th { font-weight: 400; }
        .list tbody tr:first-child > * { border-top-color: var(--edge); }
        .list .number { text-align: right; }
        .list .runs { align-items: end; display: flex; gap: .6rem; }
        #refreshed:not(:empty) { background: var(--warn-soft); border-radius: .4rem; bottom: 1rem; color: var(--warn);
          margin: 0; padding: .4rem .8rem; position: sticky; }
        @media (max-width: 45rem) {
          body { padding: 0 .6rem 2rem; }
          .bot { padding: .6rem .7rem .35rem; }
          .bot > header { display: block; }
          .bot .runs { margin-top: .3rem; text-align: left; }
          .matrix th:first-child { width: 5.2rem; }
          .matrix thead th:nth-child(2):not(:last-child) { width: 45%; }
          .status { min-width: 0; }
          .bar, .sync, .target .bad { order: 2; width: 100%; }
          th, td, .matrix td { padding-right: .5rem; }
          .tools form, .tools input { flex: 1; }
        }

        """
}
