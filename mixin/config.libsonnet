// Every threshold, selector and base URL of the rules, alerts and dashboards, once. A site changes one by adding to
// `_config` where it imports mixin.libsonnet; README.md has the keys, and how.
//
// Durations are whole seconds.
{
  _config+:: {
    // The scrape job that the README names.
    job: 'koreai',
    selector: 'job="%s"' % self.job,

    // Labels that tell which exporter was scraped, and where it runs. Rules and alerts about bots do not depend on it: a
    // pod that moved, or two exporters that watch the same bot, give one alert. All other labels of a site stay, and
    // arrive in the alerts: also `job`, `namespace` and `service`, which belong to the installation and not to a pod.
    scraperLabels: [
      'instance',
      'pod',
      'container',
      'endpoint',
      'node',
      'host',
      'pod_template_hash',
      'controller_revision_hash',
    ],

    // Labels that bots have in the exporter's configuration, such as `team`, and that their alerts get from
    // `koreai_bot_info`. Bots are the same where the labels of `botLabelsOn` are: add the labels of a site by which
    // bots of one name differ.
    botLabels: [],
    botLabelsOn: ['job', 'bot'],

    alertPrefix: 'KoreAI',
    // Where links of alerts lead. Empty: there is none.
    runbookBase: 'https://github.com/koreai-exporter/koreai-exporter/blob/main/docs/runbooks',
    grafanaBase: '',
    // The data source that links choose. Empty: Grafana's default.
    grafanaDatasource: '',
    // The exporter's own pages, as people reach them; may have a template, such as `{{ $labels.cluster }}`.
    exporterBase: '',
    dashboards: { overview: 'koreai-overview', bot: 'koreai-bot', exporter: 'koreai-exporter' },
    dashboardTags: ['koreai'],
    dashboardTitlePrefix: 'Kore.ai / ',
    dashboardRange: 'now-24h',

    severities: ['critical', 'warning', 'info'],

    // How far alerts look back for a series' last value, so that a missed scrape or a restart of the exporter neither
    // resolves an alert nor begins it anew.
    lookback: 300,
    // How long most conditions must hold, so that one odd scrape is no alert.
    hold: 60,
    // An alert goes on for so long after the last that is known of it, unless a good poll says that it is over.
    // Prometheus' `keep_firing_for` would not do: with it an alert also goes on after the good poll.
    unknown: 3600,
    // For so long it is remembered which bots there were while no exporter can be scraped, and what an exporter knew that
    // lost its store.
    memory: 86400,
    // For so long the failure of a training in development or of FAQs, of an export, or of a part of a publish is told.
    // What had failed earlier than that when the exporter was installed is not told at all.
    failureShown: 86400,
    // The same of a publish.
    publishFailureShown: 7 * 86400,
    // Times of the platform that are further ahead than that are no times.
    clockSkew: 300,

    // The usual duration of a target's runs: their mean over `window`, or over all that is known where nothing is as
    // old as that; without the latest run, and none where there are fewer than `runs` others.
    usual: { window: 14 * 86400, runs: 3 },

    trainingStuck: {
      // Runs longer than `factor` times as long as usual, and at least `floor`;
      factor: 3,
      floor: 1800,
      // where there is no usual duration, longer than this;
      withoutHistory: 7200,
    },
    // A training has been queued for so long.
    trainingQueued: 1800,
    // The last run took longer than `factor` times as long as usual (of a training: and the time between two polls
    // more), and at least `floor`; told for `shown` after it.
    trainingSlow: { factor: 2, floor: 600, shown: 3600 },

    // The published model lacks what was changed, for so long;
    publishedOutOfSync: 900,
    // but no training that mends it has been under way, since less than that.
    mending: 7200,
    // The model in development does.
    outOfSyncForLong: 86400,

    // No sign of life from an export job. Longer than `max_age` of the exporter and the lookback together: polls that
    // fail are no standstill.
    exportStuck: 1200,
    exportSlow: { factor: 2, floor: 300, shown: 3600 },
    // A successful job may have its link a little later.
    exportWithoutFile: 300,

    // A publish has been under way for so long.
    publishStuck: 1800,
    // The last good training of the model in development has waited for a publish for so long.
    trainedNotPublished: 7 * 86400,

    // No list of bots has come whole for so long.
    discoveryStale: 7200,

    // The last good reply is older than `floor`, and than `intervals` of the polling interval in force.
    pollStale: { floor: 900, intervals: 2, hold: 300 },
    // Polls have been refused for so long: a token that is just being replaced is no alert.
    credentialRefused: 120,
    scopeMissing: 120,

    // At least so many requests refused for their rate within `window`.
    throttled: { refusals: 2, window: 3600 },
    // Hardly more left of a budget than the tenth that polls leave to triggers (`BudgetLimits.reserve` of the exporter),
    // all the time for `window`. What gets free again is seen by a scrape before it is spent: up to 16 % were seen of a
    // budget that trainings used up. Quiet targets alone leave a third.
    budgetExhausted: { reserve: 0.2, window: 1800 },

    // Told for so long after the last value that was not understood.
    unknownStatus: 3600,

    // More than so many commits failed within `window`. The exporter tries again each second.
    storeFailing: { failures: 5, window: 300 },

    // A canary or an action came to such an end within so long: it was not started.
    actionOutcomes: 'failed|not_stored|unknown_bot',
    actionFailed: 3600,

    // Not one good scrape for so long: longer than a restart takes, and shorter than the lookback, so that the alerts of
    // bots are inhibited before they could end.
    exporterDown: 180,
    noTargets: 300,

    // Scrape cost, for the dashboards: what a scrape may take, and what share of its interval.
    scrapeSeconds: 5,
  },
}
