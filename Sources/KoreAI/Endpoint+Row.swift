package import Curl

extension Endpoint {
    /// One line of the table of calls.
    package struct Row: Sendable, Hashable {
        package var method: CurlRequest.Method
        /// Path and query behind the base URL, with `{id}` for the bot's id and a name in braces for each parameter.
        package var template: String
        /// The API scope that the credential's app needs, where the platform shows it.
        package var scope: String
        /// What the call asks for or does, as the end of "The call …".
        package var purpose: String
    }

    /// The table of calls.
    ///
    /// Source: the platform's pages of these calls; for the last two, its pages beyond the five.
    package var row: Row {
        switch self {
        case .mlTrainStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/ml/train/status?language={language}&state={state}",
                scope: "App Builder: Train ML; Admin Console: Test and Train > Train ML",
                purpose: "asks for the status of the ML training"
            )
        case .faqTrainStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/faqs/train/status?language={language}&state={state}",
                scope: "App Builder: Train FAQ; Admin Console: Test and Train > Train FAQ",
                purpose: "asks for the status of the FAQ training"
            )
        case .mlExportStatus:
            Row(
                method: .get,
                template: "/api/public/bot/{id}/mlexport/status",
                scope: "Bot Builder: Utterances Export; Admin Console: Test > Utterances Export and Train",
                purpose: "asks for the latest export of ML utterances"
            )
        case .mlTrain:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/ml/train",
                scope: "App Builder: Train ML; Admin Console: Test and Train > Train ML",
                purpose: "starts an ML training"
            )
        case .faqTrain:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/faqs/train",
                scope: "App Builder: Train FAQ; Admin Console: Test and Train > Train FAQ",
                purpose: "starts an FAQ training"
            )
        case .mlExport:
            Row(
                method: .post,
                template: "/api/public/bot/{id}/mlexport?state={state}&type={type}",
                scope: "Bot Builder: Utterances Export; Admin Console: Test > Utterances Export and Train",
                purpose: "starts an export of ML utterances"
            )
        case .bots:
            Row(
                method: .get,
                template: "/api/public/bots?offset={offset}&limit={limit}",
                scope: "an app of the admin console with a scope for bots",
                purpose: "lists the account's bots"
            )
        }
    }
}
