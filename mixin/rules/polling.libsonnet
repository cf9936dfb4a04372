local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local up = q.seen('koreai_poll_up'),

  prometheusRules+:: {
    groups+: [
      {
        name: 'koreai-polling',
        interval: '1m',
        rules: [
          {
            // Targets that no exporter gets a usable reply about, by reason. No series where there is none.
            record: 'bot_collector_reason:koreai_poll_failing:count',
            expr: lib.block(|||
              count without (language, state) (
                %s
                and ignoring (reason)
                %s == 0
              )
            ||| % [q.seen('koreai_poll_failing'), up]),
          },
          {
            // When the last good reply about a target came to any exporter, where that is too long ago: also by the
            // interval that was in force a while ago, because a backoff shortens long ones. A target that never gave a
            // good reply is as old as the configuration that was read last, or as was known before a restart. No series
            // where nothing is too old.
            record: 'target:koreai_poll_stale:since',
            expr: lib.block(|||
              (
                %(itself)s
                and
                (%(up)s == 0 unless %(success)s)
              )
              or
              (
                (
                  %(success)s < time() - %(intervals)d * %(interval)s
                  unless
                  %(success)s >= time() - %(intervals)d * %(intervalBefore)s
                )
                or
                (
                  %(up)s == 0
                  unless
                  %(success)s
                ) + ignoring (bot, collector, language, state) group_left () %(reload)s
              ) < time() - %(floor)d
            ||| % {
              itself: q.series('target:koreai_poll_stale:since'),
              success: q.seen('koreai_poll_last_success_timestamp_seconds'),
              up: up,
              interval: q.seen('koreai_poll_interval_seconds'),
              intervalBefore: q.seen('koreai_poll_interval_seconds', ago=config.pollStale.floor),
              reload: q.seen('koreai_exporter_config_last_reload_success_timestamp_seconds'),
              intervals: config.pollStale.intervals,
              floor: config.pollStale.floor,
            }),
          },
          {
            // Requests that the platform refused for their rate.
            record: 'budget:koreai_api_throttled:increase1h',
            expr: lib.block('sum without (%s) (increase(%s[%s]))' % [
              q.away(),
              q.series('koreai_api_throttled_total'),
              lib.duration(config.throttled.window),
            ]),
          },
          {
            // The most that was left of a budget at any time of the last half hour. No series where it is not known for
            // as long as that.
            record: 'budget_window:koreai_api_budget_remaining:max30m',
            expr: lib.block(|||
              max without (%s) (max_over_time(%s[%s]))
              and
              %s
            ||| % [
              q.away(),
              q.series('koreai_api_budget_remaining'),
              lib.duration(config.budgetExhausted.window),
              q.seen('koreai_api_budget_remaining', ago=config.budgetExhausted.window),
            ]),
          },
        ],
      },
    ],
  },
}
