// A status is a label in the metrics. A state timeline wants a number for each, and a larger one is the worse one.
local colors = import 'colors.libsonnet';

local mapping(words) = [{
  type: 'value',
  options: {
    [std.toString(code)]: { text: words[code].text, color: words[code].color, index: code }
    for code in std.range(0, std.length(words) - 1)
  },
}];

local training = [
  { status: 'finished', text: 'Finished', color: colors.good },
  { status: 'queued', text: 'Queued', color: colors.waiting },
  { status: 'in_progress', text: 'In progress', color: colors.running },
  { status: 'unknown', text: 'Unknown', color: colors.unknown },
  { status: 'failed', text: 'Failed', color: colors.bad },
];

local export = [
  { status: 'success', text: 'Success', color: colors.good },
  { status: 'pending', text: 'Pending', color: colors.waiting },
  { status: 'in_progress', text: 'In progress', color: colors.running },
  { status: 'unknown', text: 'Unknown', color: colors.unknown },
  { status: 'failed', text: 'Failed', color: colors.bad },
];

{
  training: training,
  export: export,

  // The number of the status that a target is in.
  // metric: the name of a family with the label `status`, of which one is 1
  // matchers: as in `selectors`; by: the labels of a target; at: a modifier such as ` @ end()`
  code(words, metric, matchers, by, at=''):
    'max by (%s) (%s)' % [
      by,
      std.join(' or ', [
        '%d * (%s{%s,status="%s"}%s == 1)' % [code, metric, matchers, words[code].status, at]
        for code in std.range(0, std.length(words) - 1)
      ]),
    ],

  mappings(words): mapping(words),

  // The same for a column that holds the word itself.
  words(words): [{
    type: 'value',
    options: {
      [words[index].status]: { text: words[index].text, color: words[index].color, index: index }
      for index in std.range(0, std.length(words) - 1)
    },
  }],

  // One colour for each status of a time series that is named by it.
  colorOverrides(words): [
    {
      matcher: { id: 'byName', options: word.status },
      properties: [
        { id: 'color', value: { mode: 'fixed', fixedColor: word.color } },
        { id: 'displayName', value: word.text },
      ],
    }
    for word in words
  ],

  // colors: { the name of a series: its colour }
  fixed(colors): [
    {
      matcher: { id: 'byName', options: name },
      properties: [{ id: 'color', value: { mode: 'fixed', fixedColor: colors[name] } }],
    }
    for name in std.objectFields(colors)
  ],

  answered: mapping([
    { text: 'No answer', color: colors.bad },
    { text: 'Answers', color: colors.good },
  ]),
  synced: mapping([
    { text: 'Out of sync', color: colors.warning },
    { text: 'In sync', color: colors.good },
  ]),
  file: mapping([
    { text: 'No file', color: colors.warning },
    { text: 'File', color: colors.good },
  ]),
  // The label `urgency` of the tables, and the severities of the alerts.
  urgency: [{
    type: 'value',
    options: {
      '1': { text: 'critical', color: colors.bad, index: 0 },
      '2': { text: 'warning', color: colors.warning, index: 1 },
      '3': { text: 'info', color: colors.running, index: 2 },
    },
  }],
}
