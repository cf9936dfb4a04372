import Mustache

/// The pages' templates. A value in two braces is escaped.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: Where a template cannot be parsed, which a test rules out.
    init() throws {
        var library = MustacheLibrary()
        try library.register(Self.frame, named: "frame")
        try library.register(Self.target, named: "target")
        try library.register(Self.failures, named: "failures")
        try library.register(Self.chart, named: "chart")
        try library.register(Self.overview, named: "overview")
        try library.register(Self.bot, named: "bot")
        self.library = library
    }

    func overview(_ view: OverviewView) -> String {
        library.render(view, withTemplate: "overview") ?? ""
    }

    func bot(_ view: BotPageView) -> String {
        library.render(view, withTemplate: "bot") ?? ""
    }

    private static let frame = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{{title}}</title>
        <link rel="icon" href="/assets/icon.svg">
        <link rel="stylesheet" href="/assets/style.css">
        <script src="/assets/refresh.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the bots</a>
        <header>
        <p class="product"><a href="/">koreai-exporter</a> <span class="quiet">{{version}}</span></p>
        <nav aria-label="Exporter">
        <a href="{{metrics}}">Metrics</a> <a href="/-/healthy">Health</a> <a href="/-/ready">Readiness</a>
        </nav>
        </header>
        <main id="main">
        {{$content}}{{/content}}
        </main>
        <p class="quiet" id="refreshed" role="status"></p>
        </body>
        </html>

        """

    private static let overview = """
        {{<frame}}{{$content}}
        <h1>Bots</h1>
        <ul class="filters" aria-label="Bots by what needs attention">
        {{#filters}}
        <li><a class="{{kind}}" href="{{link}}"{{#isChosen}} aria-current="true"{{/isChosen}}>{{title}} <b>{{count}}</b></a></li>
        {{/filters}}
        </ul>
        <form method="get" action="/" role="search">
        <label for="q">Name, id or label</label>
        <input id="q" name="q" type="search" value="{{text}}" maxlength="128">
        {{#attention}}<input type="hidden" name="show" value="{{.}}">{{/attention}}
        <button>Search</button>
        <span class="quiet">{{found}}</span>
        </form>
        {{#isEmpty}}<p>No bot fits. <a href="/">Show all</a></p>{{/isEmpty}}
        {{#bots}}
        <article class="bot {{attention}}">
        <h2><a href="{{link}}">{{name}}</a> <span class="badge {{attention}}">{{attentionTitle}}</span></h2>
        {{>chart}}
        <p class="quiet">{{id}}{{#labels}} · {{name}}={{value}}{{/labels}}{{#budget}} · {{.}}{{/budget}}</p>
        {{>failures}}
        {{>target}}
        </article>
        {{/bots}}
        {{#pages}}
        <nav class="pages" aria-label="Pages">
        {{#previous}}<a rel="prev" href="{{.}}">Previous</a>{{/previous}}
        <span>{{pages}}</span>
        {{#next}}<a rel="next" href="{{.}}">Next</a>{{/next}}
        </nav>
        {{/pages}}
        {{/content}}{{/frame}}
        """

    private static let bot = """
        {{<frame}}{{$content}}
        <p><a href="/">All bots</a></p>
        {{#bot}}
        <h1>{{name}} <span class="badge {{attention}}">{{attentionTitle}}</span></h1>
        <p class="quiet">{{id}}{{#labels}} · {{name}}={{value}}{{/labels}}{{#budget}} · {{.}}{{/budget}}</p>
        {{>chart}}
        {{>failures}}
        <h2>Targets</h2>
        {{>target}}
        {{/bot}}
        <h2>History</h2>
        {{^hasRuns}}<p>No run or job has ended since the exporter watches this bot.</p>{{/hasRuns}}
        {{#hasRuns}}
        <div class="scroll" tabindex="0" role="region" aria-label="History">
        <table>
        <thead><tr><th scope="col">Ended</th><th scope="col">What</th><th scope="col">Outcome</th>\
        <th scope="col">Took</th></tr></thead>
        <tbody>
        {{#runs}}<tr><td>{{age}}</td><td>{{target}}</td><td><span class="badge {{outcome}}">{{outcome}}</span></td>\
        <td>{{duration}}</td></tr>
        {{/runs}}
        </tbody>
        </table>
        </div>
        {{/hasRuns}}
        {{#hasActions}}
        <h2>Started by the exporter</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Started by the exporter">
        <table>
        <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Why</th>\
        <th scope="col">What came of it</th></tr></thead>
        <tbody>
        {{#actions}}<tr><td>{{age}}</td><td>{{what}}</td><td>{{cause}}</td>\
        <td>{{outcome}}{{#error}}: {{.}}{{/error}}</td></tr>
        {{/actions}}
        </tbody>
        </table>
        </div>
        {{/hasActions}}
        {{/content}}{{/frame}}
        """

    private static let target = """
        <ul class="targets">
        {{#targets}}
        <li class="{{attention}}">
        <span class="name">{{name}}</span>
        <span class="badge {{kind}}">{{status}}</span>
        <span class="detail">
        {{#running}}<span>{{.}}</span>{{/running}}
        {{#progress}}<span><progress max="100" value="{{.}}" aria-label="Export progress">{{.}} %</progress> {{.}} %</span>{{/progress}}
        {{#flags}}<span class="sync"><svg class="flags" role="img" aria-label="{{label}}" width="{{width}}" height="{{height}}">\
        {{#cells}}<rect class="{{kind}}" x="{{x}}" y="{{y}}" width="10" height="10"><title>{{title}}</title></rect>{{/cells}}\
        </svg>{{#drift}} {{.}}{{/drift}}</span>{{/flags}}
        {{#failure}}<span class="failing">polls fail: {{.}}</span>{{/failure}}
        {{#counts}}<span class="quiet">{{.}}</span>{{/counts}}
        <span class="quiet">{{#age}}data {{.}} old{{/age}}{{^age}}no data{{/age}}</span>
        </span>
        </li>
        {{/targets}}
        </ul>
        """

    private static let failures = """
        {{#failures}}
        <p class="failure"><b>{{reason}}</b>, {{targets}}: {{advice}}</p>
        {{/failures}}
        """

    private static let chart = """
        {{#chart}}<svg class="runs" role="img" aria-label="{{label}}" width="{{width}}" height="{{height}}">\
        {{#bars}}<rect class="{{outcome}}" x="{{x}}" y="{{y}}" width="6" height="{{height}}"><title>{{title}}</title></rect>{{/bars}}\
        </svg>{{/chart}}
        """
}
