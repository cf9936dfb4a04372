local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local failing(reason) = q.series('bot_collector_reason:koreai_poll_failing:count', 'reason="%s"' % reason),

  // Gives an alert about a budget the `bot` label where the budget is a bot's own, so that it is routed as the bot's.
  local withBot(expr) = lib.block(|||
    (
      label_replace(%(expr)s, "bot", "$1", "budget", "(.+)")
      and on (job, instance, bot)
      %(bots)s
    )
    or on (job, instance, budget)
    %(expr)s
  ||| % { expr: expr, bots: q.last('koreai_bot_info') }),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-polling-alerts',
      rules: [
        $.alert('PollStale', 'warning', config.pollStale.hold) {
          expr: lib.block('%s > %d' % [q.series('bot_collector:koreai_poll_stale_seconds:max'), config.pollStale.floor]),
          summary:: 'What is known of a bot is old, because polls fail or do not take place.',
          description:: lib.sentence(|||
            The last good reply to {{ $labels.collector }} polls of {{ $labels.bot }} came
            {{ $value | humanizeDuration }} ago, for at least one language and state.
          |||),
        },
        $.alert('CredentialRefused', 'critical', config.credentialRefused) {
          expr: lib.block('sum by (job, instance, bot) (%s) > 0' % failing('auth')),
          summary:: 'The platform refuses the credential of a bot.',
          description:: lib.sentence(|||
            The platform refuses the credential of {{ $labels.bot }} for {{ $value }} polled targets.
          |||),
        },
        $.alert('ScopeMissing', 'warning', config.scopeMissing) {
          expr: lib.block('sum by (job, instance, bot, collector) (%s) > 0' % failing('scope')),
          summary:: 'The app of a bot lacks an API scope.',
          description:: lib.sentence(|||
            The credential of {{ $labels.bot }} lacks the API scope that {{ $labels.collector }} needs, for
            {{ $value }} polled targets.
          |||),
        },
        $.alert('Throttled', 'warning') {
          uid:: config.dashboards.exporter,
          expr: withBot('(%s >= %d)' % [q.series('budget:koreai_api_throttled:increase1h'), config.throttled.refusals]),
          summary:: 'The platform refuses requests because of its rate limit.',
          description:: lib.sentence(|||
            The platform refused {{ $value | printf "%%.0f" }} requests within %s because of its rate limit: of
            {{ if $labels.bot }}the bot {{ $labels.bot }}{{ else }}the credential {{ $labels.budget }}{{ end }}.
          ||| % lib.words(config.throttled.window)),
        },
        $.alert('BudgetExhausted', 'warning') {
          uid:: config.dashboards.exporter,
          local limit = q.last('koreai_api_budget_limit'),
          expr: withBot('(%s <= ceil(%s * %g) < %s)' % [
            q.series('budget_window:koreai_api_budget_remaining:max30m'),
            limit,
            config.budgetExhausted.reserve,
            limit,
          ]),
          summary:: 'Polls use up the budget for requests.',
          description:: lib.sentence(|||
            For %s no more than {{ $value }} requests were left in the {{ $labels.window }}, of
            {{ if $labels.bot }}the bot {{ $labels.bot }}{{ else }}the credential {{ $labels.budget }}{{ end }}.
          ||| % lib.words(config.budgetExhausted.window)),
        },
        $.alert('UnknownStatus', 'warning') {
          uid:: config.dashboards.exporter,
          expr: $.unrecognized('field=~"status|trainingStatus"'),
          summary:: 'The platform gave a status that the exporter does not know.',
          description:: lib.sentence(|||
            Replies to {{ $labels.collector }} polls had a status that is not known,
            {{ $value | printf "%.0f" }} times of late. The log names it and the bot.
          |||),
        },
        $.alert('UnknownStatus', 'info') {
          uid:: config.dashboards.exporter,
          expr: $.unrecognized('field!~"status|trainingStatus"'),
          summary:: 'The platform gave a value that the exporter does not understand.',
          description:: lib.sentence(|||
            Replies to {{ $labels.collector }} polls had a {{ $labels.field }} that could not be understood,
            {{ $value | printf "%.0f" }} times of late. The log names it and the bot.
          |||),
        },
      ],
    }],
  },

  // How often a value was not understood of late. A counter that only now appeared has no increase yet: it counts whole.
  unrecognized(matchers):: lib.block(|||
    increase(%(counter)s[%(window)s]) > 0
    or
    (
      last_over_time(%(counter)s[%(window)s])
      unless
      %(before)s
    ) > 0
  ||| % {
    counter: q.series('koreai_unrecognized_values_total', matchers),
    window: lib.duration(config.unknownStatus),
    before: q.last('koreai_unrecognized_values_total', matchers, ago=config.unknownStatus),
  }),
}
