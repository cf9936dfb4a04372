// Every threshold, selector and base URL of the rules, alerts and dashboards, once. A site changes one by adding to
// `_config` where it imports mixin.libsonnet:
//
//   (import 'mixin.libsonnet') + { _config+:: { job: 'bots', grafanaBase: 'https://grafana.corp' } }
//
// Durations are whole seconds.
{
  _config+:: {
    // The scrape job that the README names.
    job: 'koreai',
    selector: 'job="%s"' % self.job,

    alertPrefix: 'KoreAI',
    runbookBase: 'https://github.com/koreai-exporter/koreai-exporter/blob/main/docs/runbooks',
    grafanaBase: 'https://grafana.example.com',
    dashboards: { overview: 'koreai-overview', bot: 'koreai-bot', exporter: 'koreai-exporter' },

    severities: ['critical', 'warning', 'info'],

    // How far alerts look back for a series' last value, so that a missed scrape or a restart of the exporter neither
    // resolves an alert nor begins it anew.
    lookback: 300,
    // How long most conditions must hold, so that one odd scrape is no alert.
    hold: 60,

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

    // The published model lacks what was changed, for so long.
    publishedOutOfSync: 900,
    // The model in development does.
    outOfSyncForLong: 86400,
    // A published version that was never trained has had no component in sync for so long.
    neverTrained: 900,

    // No sign of life from an export job. Longer than `max_age` of the exporter and the lookback together: polls that
    // fail are no standstill.
    exportStuck: 1200,
    exportSlow: { factor: 2, floor: 300, shown: 3600 },
    // A successful job may have its link a little later.
    exportWithoutFile: 300,

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

    // Not one good scrape for so long: longer than a restart takes.
    exporterDown: 180,
    noTargets: 300,

    // Scrape cost, for the dashboards: what a scrape may take, and what share of its interval.
    scrapeSeconds: 5,
  },
}
