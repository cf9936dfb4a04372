// Marks for the runs of a bot, at the times at which they ended.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';

local trainingText = '{{engine}} {{language}} {{state}}';

function(selectors) [
  shell.annotation(
    'Trainings that ended well',
    colors.good,
    '1000 * max by (bot, engine, language, state) (koreai_training_last_success_timestamp_seconds{%(target)s})' % selectors,
    'Training ended',
    trainingText
  ),
  shell.annotation(
    'Trainings that failed',
    colors.bad,
    (import 'failedAt.libsonnet')(selectors.target),
    'Training failed',
    trainingText
  ),
  shell.annotation(
    'Exports that ended',
    colors.running,
    |||
      1000 * max by (bot, export) (koreai_export_last_update_timestamp_seconds{%(bot)s})
      and
      max by (bot, export) (koreai_export_status{%(bot)s,status=~"success|failed"}) == 1
    ||| % selectors,
    'Export ended',
    '{{export}}'
  ),
]
