# The waiting list.
waiting-title = Waiting
waiting-count = { $count ->
        [0] Nobody waits here.
        [one] One person waits.
       *[other] { $count } people wait.
    }
waiting-count-passed = { $count ->
        [one] For one of them the latest start has passed: the programme can no longer finish inside the order.
       *[other] For { $count } of them the latest start has passed: the programme can no longer finish inside the order.
    }
waiting-count-within = { $count ->
        [one] One must start within eight weeks.
       *[other] { $count } must start within eight weeks.
    }
waiting-few = A group begins with at least { $needed }; so far { $count ->
        [one] one person waits
       *[other] { $count } wait
    }. Look at other places, or start the individual phase meanwhile.
waiting-caption = Waiting list
waiting-latest = Latest start
waiting-days = Days waited
waiting-since = since { $date }
waiting-risk = Risk level
waiting-need = Level of need
waiting-level-low = Low
waiting-level-medium = Medium
waiting-level-high = High
waiting-not-assessed = Not assessed
waiting-fitted = Language and needs
waiting-language = Language
waiting-slot = Can come
waiting-all-places = All my places
waiting-alarm-passed = { $days ->
        [one] passed yesterday
       *[other] passed { $days } days ago
    }
waiting-alarm-within = { $days ->
        [0] today is the last day
        [one] one day left
       *[other] { $days } days left
    }
waiting-alarm-fine = in time
waiting-alarm-no-order-end = no order end
waiting-kind-passed = Passed
waiting-kind-within = Within eight weeks
waiting-kind-fine = Further off
waiting-kind-no-order-end = Order without an end
waiting-tag-reading = reading
waiting-tag-hearing = hearing
waiting-tag-attention = attention
waiting-tag-language = language
waiting-tag-other = other need
waiting-clear = Clear the filters
waiting-none = Nobody waits here
waiting-none-how = People come onto the list once they are found suitable and their risk and need are assessed.
waiting-none-go = Those found suitable
waiting-none-narrowed = Nobody fits all of this
waiting-none-narrowed-how = Take a filter out, or look at another place.
waiting-select = Select for a group
waiting-select-one = Select { $name } for a group
waiting-group = Form a group with those selected
