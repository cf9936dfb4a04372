/// The page at `/`: what this is and where to go.
struct LandingPage {
    let options: WebOptions

    var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>koreai-exporter</title>
        <style>
        :root { color-scheme: light dark; }
        body { font: 16px/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem; }
        dt { font-weight: 600; margin-top: 0.75rem; }
        dd { margin-left: 0; }
        </style>
        </head>
        <body>
        <h1>koreai-exporter</h1>
        <p>Prometheus exporter for the training and export status of Kore.ai bots, version \(escaped(options.version)).</p>
        <dl>
        <dt><a href="\(escaped(options.telemetryPath))">Metrics</a></dt>
        <dd>What Prometheus scrapes.</dd>
        <dt><a href="/-/healthy">Health</a></dt>
        <dd>Answers 200 while the process serves.</dd>
        <dt><a href="/-/ready">Readiness</a></dt>
        <dd>Answers 200 once every target was polled, or after 30 seconds.</dd>
        </dl>
        </body>
        </html>

        """
    }

    private func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.append(character)
            }
        }
    }
}
