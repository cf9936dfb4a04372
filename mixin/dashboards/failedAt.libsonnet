// When trainings failed, in milliseconds: the end of the last run where no good one ended then.
local latest(metric, matchers) = 'max by (bot, engine, language, state) (%s{%s})' % [metric, matchers];

function(matchers)
  |||
    1000 * (
      %(completion)s
      unless
      %(completion)s <= %(success)s
    )
  ||| % {
    completion: latest('koreai_training_last_completion_timestamp_seconds', matchers),
    success: latest('koreai_training_last_success_timestamp_seconds', matchers),
  }
