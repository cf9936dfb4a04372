import Mustache

/// The pages' templates. A value in two braces is escaped.
struct PageTemplates: Sendable {
    private let library: MustacheLibrary

    /// - Throws: Where a template cannot be parsed, which a test rules out.
    init() throws {
        var library = MustacheLibrary()
        try library.register(Self.frame, named: "frame")
        try library.register(Self.target, named: "target")
        try library.register(Self.matrix, named: "matrix")
        try library.register(Self.facts, named: "facts")
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
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        <p class="product"><a href="/">koreai-exporter</a> <span class="quiet">{{version}}</span></p>
        <nav aria-label="Exporter">
        <a href="{{metrics}}">Metrics</a> <a href="/-/healthy">Health</a> <a href="/-/ready">Readiness</a>
        </nav>
        </header>
        <main id="main" tabindex="-1">
        {{$content}}{{/content}}
        </main>
        <p class="quiet" id="refreshed" role="status"></p>
        </body>
        </html>

        """

    private static let overview = """
        {{<frame}}{{$content}}
        <h1>Bots</h1>
        <div class="tools">
        <ul class="filters" aria-label="Bots by what needs attention">
        {{#filters}}
        <li><a href="{{link}}"{{#isChosen}} aria-current="true"{{/isChosen}}><span class="dot {{kind}}"></span>{{title}} <b>{{count}}</b></a></li>
        {{/filters}}
        </ul>
        <form method="get" action="/" role="search">
        <label class="hidden" for="q">Name, id or label</label>
        <input id="q" name="q" type="search" value="{{text}}" maxlength="128" placeholder="Name, id or label">
        {{#attention}}<input type="hidden" name="show" value="{{.}}">{{/attention}}
        <button>Search</button>
        </form>
        </div>
        <p class="quiet found">{{found}}</p>
        {{#isEmpty}}<p>No bot fits. <a href="/">Show all</a></p>{{/isEmpty}}
        {{#bots}}
        <article class="bot {{attention}}">
        <header>
        <h2><a href="{{link}}">{{name}}</a> <span class="badge {{attention}}">{{attentionTitle}}</span></h2>
        {{>facts}}
        {{>chart}}
        </header>
        {{>failures}}
        {{>matrix}}
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
        <p class="back"><a href="/">All bots</a></p>
        {{#bot}}
        <div class="bot {{attention}}">
        <header>
        <h1>{{name}} <span class="badge {{attention}}">{{attentionTitle}}</span></h1>
        {{>facts}}
        </header>
        {{>failures}}
        {{>matrix}}
        </div>
        {{/bot}}
        <h2>Runs</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Runs">
        <table class="list">
        <thead><tr><th scope="col">What</th><th scope="col" class="number">Ended</th>\
        <th scope="col" class="number">Failed</th><th scope="col" class="number">Usually takes</th>\
        <th scope="col">Last ones</th></tr></thead>
        <tbody>
        {{#courses}}<tr>{{#target}}<th scope="row">{{name}}</th><td class="number">{{ended}}</td>\
        <td class="number{{#hasFailed}} bad{{/hasFailed}}">{{failed}}</td><td class="number">{{usual}}</td>{{/target}}\
        <td>{{>chart}}</td></tr>
        {{/courses}}
        </tbody>
        </table>
        </div>
        {{#components}}
        <h2>Components</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Components">
        <table class="list">
        <thead><tr><th scope="col">Component</th>{{#models}}<th scope="col">{{.}}</th>{{/models}}</tr></thead>
        <tbody>
        {{#rows}}<tr><th scope="row">{{component}}</th>\
        {{#cells}}<td><span class="dot {{kind}}"></span>{{#since}}<time datetime="{{.}}" title="since {{.}}">{{/since}}{{text}}\
        {{#since}}</time>{{/since}}</td>{{/cells}}</tr>
        {{/rows}}
        </tbody>
        </table>
        </div>
        {{/components}}
        <h2>History</h2>
        {{^hasRuns}}<p class="quiet">No run or job has ended since the exporter began to watch this bot.</p>{{/hasRuns}}
        {{#hasRuns}}
        <div class="scroll" tabindex="0" role="region" aria-label="History">
        <table class="list">
        <thead><tr><th scope="col">Ended</th><th scope="col">At (UTC)</th><th scope="col">What</th>\
        <th scope="col">Outcome</th><th scope="col" class="number">Took</th></tr></thead>
        <tbody>
        {{#runs}}<tr><td>{{age}}</td><td><time datetime="{{end}}">{{end}}</time></td><td>{{target}}</td>\
        <td><span class="status {{kind}}"><span class="dot {{kind}}"></span>{{outcome}}</span></td>\
        <td class="number">{{duration}}</td></tr>
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

    private static let facts = """
        <p class="facts quiet"><span>{{id}}</span>{{#labels}} <span>{{name}}={{value}}</span>{{/labels}}\
        {{#budget}} <span{{#isScarce}} class="scarce"{{/isScarce}}>{{text}}</span>{{/budget}}</p>
        """

    /// A bot's trainings by language, state and engine, and its export.
    private static let matrix = """
        <table class="matrix">
        {{#hasEngines}}<thead><tr><th scope="col">Model</th>{{#engines}}<th scope="col">{{.}}</th>{{/engines}}</tr></thead>{{/hasEngines}}
        <tbody>
        {{#rows}}
        <tr><th scope="row">{{language}} <span class="quiet">{{state}}</span></th>
        {{#cells}}<td>{{#target}}{{>target}}{{/target}}{{^target}}<span class="quiet">not polled</span>{{/target}}</td>{{/cells}}</tr>
        {{/rows}}
        {{#export}}<tr><th scope="row">Export</th><td colspan="{{exportSpan}}">{{>target}}</td></tr>{{/export}}
        </tbody>
        </table>
        """

    private static let target = """
        <div class="target">
        <span class="status {{kind}}"><span class="dot {{kind}}"></span>{{status}}</span>
        {{#progress}}<span class="bar"><progress max="100" value="{{.}}" aria-label="Export progress">{{.}} %</progress> {{.}} %</span>{{/progress}}
        {{#running}}<span class="bar{{#isLate}} late{{/isLate}}">{{#bar}}<progress max="{{most}}" value="{{value}}" \
        aria-label="Of the usual time">{{value}} of {{most}} s</progress> {{/bar}}{{text}}</span>{{/running}}
        {{#flags}}<span class="sync"><svg class="flags" role="img" aria-label="{{label}}" width="{{width}}" height="{{height}}">\
        {{#cells}}<rect class="{{kind}}" x="{{x}}" y="{{y}}" width="11" height="11"><title>{{title}}</title></rect>{{/cells}}\
        </svg>{{#drift}} <span class="drift">{{#since}}<time datetime="{{.}}" title="since {{.}}">{{/since}}{{text}}\
        {{#since}}</time>{{/since}}</span>{{/drift}}</span>{{/flags}}
        {{#failure}}<span class="bad">polls fail: {{.}}</span>{{/failure}}
        <span class="age quiet">{{#age}}<span title="{{ageTitle}}"><span class="hidden">data </span>{{.}} old</span>{{/age}}{{^age}}no data{{/age}}</span>
        </div>
        """

    private static let failures = """
        {{#failures}}
        <p class="failure"><b>{{reason}}</b>, {{targets}}: {{advice}}</p>
        {{/failures}}
        """

    private static let chart = """
        {{#chart}}<figure class="runs"><svg aria-hidden="true" width="{{width}}" height="{{height}}">\
        {{#bars}}<rect class="{{outcome}}" x="{{x}}" y="{{y}}" width="5" height="{{height}}"><title>{{title}}</title></rect>{{/bars}}\
        </svg><figcaption>{{label}}</figcaption></figure>{{/chart}}
        """
}
