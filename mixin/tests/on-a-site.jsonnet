// Links, and labels of the bots, as a site configures them. Its rules are rendered from site.libsonnet.
local test = import 'lib.libsonnet';

local labels = 'job="bots",instance="a:1",cluster="eu",rack="r1"';
local of(bot) = labels + ',bot="%s"' % bot;
local target = ',engine="ml",language="en",state="published"';
local failed(bot) = [
  { series: 'koreai_training_status{%s%s,status="failed"}' % [of(bot), target], values: '0x9 1x100' },
  { series: 'koreai_training_last_completion_timestamp_seconds{%s%s}' % [of(bot), target], values: '1x9 590x100' },
  { series: 'koreai_training_last_success_timestamp_seconds{%s%s}' % [of(bot), target], values: '1x109' },
];
local alert(bot, more) = {
  exp_labels: { job: 'bots', cluster: 'eu', bot: bot, engine: 'ml', language: 'en', state: 'published', severity: 'critical' } + more,
  exp_annotations: {
    summary: 'The training of a published model failed.',
    description: 'The last ML training of %s (en, published) failed at %s. The published model is the one from before it.'
                 % [bot, test.time(590)],
    dashboard_url: 'https://grafana.corp/d/koreai-bot?var-datasource=main&var-job=bots&var-bot=%s&var-language=en' % std.strReplace(bot, ' ', '+')
                   + '&var-state=published&from=%d&to=now' % (1000 * (20 * 60 - 6 * 3600)),
    exporter_url: 'https://koreai.eu.corp/bot?name=%s' % std.strReplace(bot, ' ', '+'),
  },
};

test.file([
  {
    name: 'an alert has the label team of its bot, where it has one, and leads to its pages',
    interval: '1m',
    input_series: failed('the bank') + failed('hr') + [
      {
        series: 'koreai_bot_info{%s,bot_id="st-1",base_url="https://platform.kore.ai",team="cards",owner="x"}' % of('the bank'),
        values: '1x15 stale _x100',
      },
      { series: 'koreai_bot_info{%s,bot_id="st-2",base_url="https://platform.kore.ai"}' % of('hr'), values: '1x100' },
    ],
    alert_rule_test: [{
      eval_time: '20m',
      alertname: 'KoreAITrainingFailed',
      exp_alerts: [alert('hr', {}), alert('the bank', { team: 'cards' })],
    }],
  },
]) { rule_files: ['site/recording-rules.yml', 'site/alerting-rules.yml'] }
