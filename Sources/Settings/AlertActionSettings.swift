package import Secrets

/// The section `actions`: what alerts make the exporter do.
package struct AlertActionSettings: Sendable, Hashable {
    /// Which alerts start a training, and how often.
    package struct Rule: Sendable, Hashable {
        /// Of the label `alertname`; at least one.
        package var alerts: [NamePattern]
        /// Of the label `bot`; at least one.
        package var bots: [NamePattern]
        /// Between two trainings of a bot, engine and language.
        package var coolDown: Duration
        /// The most trainings of a bot in 24 hours, of all its engines and languages together.
        package var maxPerDay: Int

        package init(
            alerts: [NamePattern],
            bots: [NamePattern] = [NamePattern("*")],
            coolDown: Duration = .seconds(3600),
            maxPerDay: Int = 4
        ) {
            self.alerts = alerts
            self.bots = bots
            self.coolDown = coolDown
            self.maxPerDay = maxPerDay
        }
    }

    /// What Alertmanager has to send.
    package var token: Secret
    /// Whether it is only told what would be done.
    package var isDryRun: Bool
    /// In the order of the file: of an alert the first that fits counts.
    package var rules: [Rule]

    package init(token: Secret, isDryRun: Bool = false, rules: [Rule]) {
        self.token = token
        self.isDryRun = isDryRun
        self.rules = rules
    }
}
