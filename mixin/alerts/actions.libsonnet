local lib = import '../lib.libsonnet';

{
  local config = $._config,
  local q = lib.queries(config),

  prometheusAlerts+:: {
    groups+: [{
      name: 'koreai-action-alerts',
      rules: [
        alert.rule
        for alert in [
          $.alert('ActionFailed', 'warning') {
            ofBot:: false,
            expr:: lib.block('sum without (outcome) (\n  %s\n)' % lib.indent(q.grown(
              'koreai_actions_total', 'outcome=~"%s"' % config.actionOutcomes, config.actionFailed, ['action', 'outcome']
            ), 2)),
            summary:: 'The exporter could not start a training or an export for a canary or an alert.',
            description:: lib.sentence(|||
              {{ if match "^canary_" $labels.action }}Canaries{{ else }}Actions of alerts{{ end }} ({{ $labels.action }}) failed
              {{ $value | printf "%%.0f" }} times within %s. The log names the bot and the reason.
            ||| % lib.words(config.actionFailed)),
          },
        ]
      ],
    }],
  },
}
