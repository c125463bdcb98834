-- One row per lesson in the office's log.
select lesson_id, source, theme, date_logged, owner_role, due, closed
from fact_lesson
order by date_logged, lesson_id
