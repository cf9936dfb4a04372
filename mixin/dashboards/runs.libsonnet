// Marks for the runs of a bot, at the times at which they ended.
local colors = import 'lib/colors.libsonnet';
local shell = import 'lib/dashboard.libsonnet';

// The end of the last run where no good one ended then.
local failedAt(selectors) =
  local latest(metric) = 'max by (bot, engine, language, state) (%s{%s})' % [metric, selectors.target];
  |||
    1000 * (
      %(completion)s
      unless
      %(completion)s <= %(success)s
    )
  ||| % {
    completion: latest('koreai_training_last_completion_timestamp_seconds'),
    success: latest('koreai_training_last_success_timestamp_seconds'),
  };

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
    failedAt(selectors),
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
