// The variables of a dashboard. Each one offers only values that fit the ones before it.
local labelValues(name, label, query, allValue, multi=true, description) = {
  name: name,
  label: label,
  description: description,
  type: 'query',
  datasource: { type: 'prometheus', uid: '${datasource}' },
  query: { qryType: 1, query: query, refId: 'PrometheusVariableQueryEditor-VariableQuery' },
  refresh: 2,  // when the time range changes
  sort: 1,  // by the alphabet
  multi: multi,
  includeAll: multi,
  [if multi then 'allValue']: allValue,
  current: if multi then { text: ['All'], value: ['$__all'] } else {},
};

{
  datasource: {
    name: 'datasource',
    label: 'Data source',
    description: 'The Prometheus that scrapes the exporter.',
    type: 'datasource',
    query: 'prometheus',
    refresh: 1,
    multi: false,
    includeAll: false,
    current: {},
  },
  job: labelValues(
    'job',
    'Job',
    'label_values(koreai_exporter_build_info, job)',
    '.+',
    description='The scrape job of the exporter.'
  ),
  instance: labelValues(
    'instance',
    'Instance',
    'label_values(koreai_exporter_build_info{job=~"$job"}, instance)',
    '.+',
    description='The exporter. Two that watch the same bots are shown as one where all are chosen.'
  ),
  bot: labelValues(
    'bot',
    'Bot',
    'label_values(koreai_bot_info{job=~"$job",instance=~"$instance"}, bot)',
    '.+',
    description='The name of the bot in the configuration of the exporter.'
  ),
  oneBot: labelValues(
    'bot',
    'Bot',
    'label_values(koreai_bot_info{job=~"$job",instance=~"$instance"}, bot)',
    null,
    multi=false,
    description='The name of the bot in the configuration of the exporter.'
  ),
  // Series that have no language or state must not vanish where all are chosen: `.*` matches the empty one too.
  language(bot): labelValues(
    'language',
    'Language',
    'label_values(koreai_poll_up{job=~"$job",instance=~"$instance",%s,language!=""}, language)' % bot,
    '.*',
    description='The language of the model. What has none, such as exports, is shown always.'
  ),
  state(bot): labelValues(
    'state',
    'State',
    'label_values(koreai_poll_up{job=~"$job",instance=~"$instance",%s,language=~"$language",state!=""}, state)' % bot,
    '.*',
    description='The version of the bot: configured (in development) or published.'
  ),
}
