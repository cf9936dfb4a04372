local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),
  local matching = lib.matching(config.botLabels),
  local partsThatFailed = 'max by (part) (koreai_publish_part_failed{%s}) == 1',
  // Something is known: then the rule says whether it holds.
  local known = q.publish('="failed"') + ' >= 0',

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-publish-alerts',
      rules: [
        alert.rule
        for alert in [
          $.alert('PublishFailed', 'critical') {
            local failed = lib.indent(q.held(q.series('bot:koreai_publish_failed:since'), known, []), 2),
            // A publish of which the platform gives no time of its end failed as well.
            expr:: lib.block(|||
              (
                %(failed)s
              ) > time() - %(shown)d
              or
              (
                %(failed)s
              ) == 0
            ||| % { failed: failed, shown: config.publishFailureShown }),
            summary:: 'The latest publish failed.',
            description:: lib.sentence(|||
              %sThe latest publish of {{ $labels.bot }} failed%s%s. Production keeps the previous version.
            ||| % [matching, lib.atTime, lib.list(partsThatFailed, 'part', ', in ')]),
          },
          $.alert('PublishPartFailed', 'warning') {
            expr:: lib.block(|||
              (
                %s
              ) > time() - %d
            ||| % [
              lib.indent(
                q.held(q.series('bot:koreai_publish_part_failed:since'), known, []), 2
              ),
              config.failureShown,
            ]),
            summary:: 'A publish succeeded, and a part of it failed.',
            description:: lib.sentence(|||
              %sThe latest publish of {{ $labels.bot }} succeeded%s%s. Production may be a mixture of two versions.
            ||| % [matching, lib.atTime, lib.list(partsThatFailed, 'part', '; these parts of it failed: ')]),
          },
          $.alert('PublishStuck', 'warning') {
            // As of the last good poll: while polls fail nobody knows whether it goes on.
            expr:: lib.block(|||
              %(polled)s
              - ignoring (collector)
              (
                %(start)s
                and
                %(open)s == 1
              )
              > %(seconds)d
            ||| % {
              polled: q.seen('koreai_poll_last_success_timestamp_seconds', 'collector="publish"'),
              start: q.seen('koreai_publish_start_timestamp_seconds'),
              open: q.publish('=~"pending|in_progress"'),
              seconds: config.publishStuck,
            }),
            summary:: 'A publish does not end.',
            description:: lib.sentence(|||
              %sThe publish of {{ $labels.bot }} has been under way for {{ $value | humanizeDuration }}, or it awaits an
              administrator's approval.%s
            ||| % [matching, lib.told('koreai_publish_last_duration_seconds', ' The last one took ', 'humanizeDuration', '.')]),
          },
          $.alert('TrainedNotPublished', 'warning') {
            variables:: ['job', 'bot', 'language', 'state'],
            local record = q.series('target:koreai_trained_not_published:since'),
            // A time that an exporter forgot with its store is remembered for a while, until a publish ends well.
            expr:: lib.block(|||
              %(record)s
              or
              (
                last_over_time(%(record)s[%(memory)s])
                unless ignoring (engine, language, state)
                %(published)s > ignoring (engine, language, state) group_right () last_over_time(%(record)s[%(memory)s])
                and ignoring (engine, language, state)
                %(bots)s
              )
            ||| % {
              record: record,
              memory: lib.duration(config.memory),
              published: q.seen('koreai_publish_last_success_timestamp_seconds'),
              bots: q.bots,
            }),
            summary:: 'A trained model has waited long for a publish.',
            description:: lib.sentence(|||
              %s{{ $labels.bot }} ({{ $labels.language }}) was trained {{ $value | humanizeTimestamp }} and has not been
              published since: production lacks what was trained.%s
            ||| % [
              lib.matching(['engine', 'language', 'state'] + config.botLabels),
              lib.told('koreai_publish_last_success_timestamp_seconds', ' The last publish ended ', 'humanizeTimestamp', '.'),
            ]),
          },
        ]
      ],
    }],
  },
}
