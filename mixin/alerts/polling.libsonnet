local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local matching = lib.matching(config.botLabels),
  local failing(reason) = q.series('bot_collector_reason:koreai_poll_failing:count', 'reason="%s"' % reason),

  // When the last of the targets that are refused for a reason gave a good reply.
  local since(reason) = lib.number(
    'max(koreai_poll_last_success_timestamp_seconds{%%s} and on (bot, collector, language, state) koreai_poll_failing{%%s,reason="%s"})'
    % reason,
    ' since ',
    'humanizeTimestamp'
  ),

  // Gives an alert about a budget the `bot` label where the budget is a bot's own, so that it is routed as the bot's.
  local withBot(expr, own) = |||
    (
      label_replace(%(expr)s, "bot", "$1", "budget", "(?:(?:bot|status):)?(.+)")
      and ignoring (%(own)s)
      %(bots)s
    )
    or ignoring (bot)
    %(expr)s
  ||| % { expr: expr, own: std.join(', ', own), bots: q.bots },
  // Whose budget it is: those of bots are of what is started and of status calls, those of credentials of lists.
  local budget = std.join('', [
    '{{ if match "^status:" $labels.budget }}of status calls about the bot {{ $labels.budget | reReplaceAll "^status:" "" }}',
    '{{ else if match "^account:" $labels.budget }}of the account of the credential ',
    '{{ $labels.budget | reReplaceAll "^account:" "" }}',
    '{{ else if $labels.bot }}of the bot {{ $labels.bot }}',
    '{{ else }}of the credential {{ $labels.budget }}{{ end }}',
  ]),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-polling-alerts',
      rules: [
        alert.rule
        for alert in [
          // One of a bot's collector where all its targets are stale, and otherwise one of each target.
          $.alert('PollStale', 'warning', config.pollStale.hold) {
            local record = q.series('target:koreai_poll_stale:since'),
            local others = 'count without (language, state) (%s unless %s)' % [q.seen('koreai_poll_up'), record],
            expr:: lib.block(|||
              (
                min without (language, state) (%(record)s)
                unless
                %(others)s
              )
              or
              (
                %(record)s
                and ignoring (language, state)
                %(others)s
              )
            ||| % { record: record, others: others }),
            summary:: 'The data of a bot is outdated, because polls fail or do not take place.',
            description:: lib.sentence(|||
              %s{{ $labels.collector }} polls of {{ $labels.bot }}
              {{- if $labels.language }} ({{ $labels.language }}, {{ $labels.state }}){{ end }} have given no good reply since
              {{ $value | humanizeTimestamp }}%s.
            ||| % [
              matching,
              lib.list('max by (reason) (koreai_poll_failing{%s})', 'reason', ': '),
            ]),
          },
          $.alert('CredentialRefused', 'critical', config.credentialRefused) {
            // While no poll is known it goes on for a while.
            expr:: lib.block(|||
              sum without (collector, reason) (%(failing)s)
              or
              (
                sum without (collector, reason) (last_over_time(%(failing)s[%(unknown)s]))
                unless
                max without (collector, language, state) (%(up)s)
                and
                %(bots)s
              )
            ||| % {
              failing: failing('auth'),
              unknown: lib.duration(config.unknown),
              up: q.seen('koreai_poll_up'),
              bots: q.bots,
            }),
            summary:: 'The platform refuses the credential of a bot.',
            description:: lib.sentence(|||
              %sThe platform refuses the credential of {{ $labels.bot }} for {{ $value }} polled targets: nothing new is known
              of them%s.
            ||| % [
              matching,
              since('auth'),
            ]),
          },
          $.alert('ScopeMissing', 'warning', config.scopeMissing) {
            expr:: lib.block('sum without (reason) (%s) > 0' % failing('scope')),
            summary:: 'The app of a bot lacks an API scope.',
            description:: lib.sentence(|||
              %sThe credential of {{ $labels.bot }} lacks the API scope that {{ $labels.collector }} needs, for
              {{ $value }} polled targets: nothing new is known of them%s.
            ||| % [
              matching,
              since('scope'),
            ]),
          },
          $.alert('Throttled', 'warning') {
            ofBot:: false,
            expr:: lib.block(withBot(
              '(%s >= %d)' % [q.series('budget:koreai_api_throttled:increase1h'), config.throttled.refusals],
              ['budget']
            )),
            summary:: 'The platform refuses requests because of its rate limit.',
            description:: lib.sentence(|||
              The platform refused {{ $value | printf "%%.0f" }} requests within %s because of its rate limit: %s.
            ||| % [lib.words(config.throttled.window), budget]),
          },
          $.alert('BudgetExhausted', 'warning') {
            ofBot:: false,
            local limit = q.seen('koreai_api_budget_limit'),
            expr:: lib.block(withBot('(%s <= ceil(%s * %g) < %s)' % [
              q.series('budget_window:koreai_api_budget_remaining:max30m'),
              limit,
              config.budgetExhausted.reserve,
              limit,
            ], ['budget', 'window'])),
            summary:: 'Polls use up the budget for requests.',
            description:: lib.sentence(|||
              %sFor %s no more than {{ $value }} requests were left in the {{ $labels.window }}%s, %s.
            ||| % [
              lib.matching(['bot']),
              lib.words(config.budgetExhausted.window),
              lib.told('koreai_api_budget_limit', ' of ', 'printf "%.0f"'),
              budget,
            ]),
          },
          $.alert('UnknownStatus', 'warning') {
            ofBot:: false,
            expr:: lib.block(q.grown(
              'koreai_unrecognized_values_total', 'field=~"status|trainingStatus"', config.unknownStatus, ['collector', 'field']
            )),
            summary:: 'The platform gave a status that the exporter does not know.',
            description:: lib.sentence(|||
              Replies to {{ $labels.collector }} polls had a status that is not known, {{ $value | printf "%%.0f" }} times
              within %s. The log names it and the bot.
            ||| % lib.words(config.unknownStatus)),
          },
          $.alert('UnknownStatus', 'info') {
            ofBot:: false,
            expr:: lib.block(q.grown(
              'koreai_unrecognized_values_total', 'field!~"status|trainingStatus"', config.unknownStatus, ['collector', 'field']
            )),
            summary:: 'The platform gave a value that the exporter does not understand.',
            description:: lib.sentence(|||
              Replies to {{ $labels.collector }} polls had a {{ $labels.field }} that could not be understood,
              {{ $value | printf "%%.0f" }} times within %s. The log names it and the bot.
            ||| % lib.words(config.unknownStatus)),
          },
          $.alert('DiscoveryStale', 'warning') {
            ofBot:: false,
            // A discovery that never succeeded is as old as the configuration that was read last.
            expr:: lib.block(|||
              (
                %(success)s
                or
                (0 * (%(attempt)s unless %(success)s) + ignoring (discovery) group_left () %(reload)s)
              ) < time() - %(stale)d
            ||| % {
              success: q.seen('koreai_discovery_last_success_timestamp_seconds'),
              attempt: q.seen('koreai_discovery_last_attempt_timestamp_seconds'),
              reload: q.seen('koreai_exporter_config_last_reload_success_timestamp_seconds'),
              stale: config.discoveryStale,
            }),
            summary:: 'The list of bots is old: new bots are not found.',
            description:: lib.sentence(|||
              %sThe discovery {{ $labels.discovery }} has received no complete list of bots since
              {{ $value | humanizeTimestamp }}%s. Bots that are new on the platform are not watched.
            ||| % [
              lib.matching(),
              lib.list(
                'max by (reason) (increase(koreai_discovery_failures_total{%%s}[%s])) > 0' % lib.duration(config.discoveryStale),
                'reason',
                ': '
              ),
            ]),
          },
        ]
      ],
    }],
  },
}
