// One meaning, one colour, and the words and numbers of each status.
//
// Every two of these colours are told apart in Grafana's dark and its light theme, also with deuteranopia and
// protanopia: `make dashboard-check` prints their distances. Grafana's own `green` and `red` are not.
local colors = {
  good: 'super-light-green',
  waiting: 'super-light-blue',
  running: 'semi-dark-blue',
  warning: 'semi-dark-orange',
  bad: 'dark-red',
  unknown: '#6e7480',  // also of what is neither good nor bad
};

// A status is a label in the metrics. A timeline wants a number for each, and a larger one is the worse one.
local statuses(finished, waiting) = [
  { status: finished, text: 'Success', color: colors.good },
  { status: waiting, text: 'Waiting', color: colors.waiting },
  { status: 'in_progress', text: 'In progress', color: colors.running },
  { status: 'unknown', text: 'Unknown', color: colors.unknown },
  { status: 'failed', text: 'Failed', color: colors.bad },
];

local mappings(options) = [{ type: 'value', options: options }];

// words: [{ text, color }], for 0, 1, 2, …
local numbered(words) = mappings({
  [std.toString(index)]: { text: words[index].text, color: words[index].color, index: index }
  for index in std.range(0, std.length(words) - 1)
});

{
  colors: colors,
  // The colour of an alert's severity.
  severities: { critical: colors.bad, warning: colors.warning, info: colors.running },

  training: statuses('finished', 'queued'),
  job: statuses('success', 'pending'),

  // The number of the status that each target is in.
  // metric: the name of a family with the label `status`, of which one is 1; by: the labels of a target
  code(words, metric, matchers, by):
    'max by (%s) (\n  %s\n)' % [
      by,
      std.join('\n  or\n  ', [
        '%d * (%s{%s,status="%s"} == 1)' % [code, metric, matchers, words[code].status]
        for code in std.range(0, std.length(words) - 1)
      ]),
    ],

  codes(words): numbered(words),

  // A column that holds the word of a status.
  words(words): mappings({
    [words[index].status]: { text: words[index].text, color: words[index].color, index: index }
    for index in std.range(0, std.length(words) - 1)
  }),

  answered: numbered([{ text: 'No answer', color: colors.bad }, { text: 'Answers', color: colors.good }]),
  synced: numbered([{ text: 'Out of sync', color: colors.warning }, { text: 'In sync', color: colors.good }]),
  file: numbered([{ text: 'No file', color: colors.warning }, { text: 'File', color: colors.good }]),
  inForce: numbered([{ text: 'Refused', color: colors.bad }, { text: 'In force', color: colors.good }]),
  up: numbered([{ text: 'Down', color: colors.bad }, { text: 'Up', color: colors.good }]),
  none(text): numbered([{ text: text, color: colors.good }]),
  published: numbered([{ text: 'No', color: colors.unknown }, { text: 'Yes', color: colors.good }]),
  failedPart: numbered([{ text: 'Success', color: colors.good }, { text: 'Failed', color: colors.bad }]),

  // The label `urgency` of the table of problems, named as the alerts' severities.
  urgency: mappings({
    '1': { text: 'critical', color: colors.bad, index: 0 },
    '2': { text: 'warning', color: colors.warning, index: 1 },
    '3': { text: 'info', color: colors.running, index: 2 },
  }),
}
