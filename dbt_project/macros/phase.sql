{# How far a goal or an initiative has come, as a number that can be compared; NULL where the status says nothing of it.
   A goal that stands without a word on its status is as far as one that is declared, adopted or in force. #}
{% macro goal_phase(status) -%}
case {{ status }}
        when 'proposed' then 1
        when 'on_referral' then 2
        when 'declared' then 3
        when 'adopted' then 3
        when 'in_force' then 3
        when 'not_specified' then 3
        when 'achieved' then 4
    end
{%- endmacro %}

{# A decided document, and a lasting arrangement that runs, have come as far as they can. Of a document that is only
   said to be under way it can't be told whether it is written or followed. #}
{% macro initiative_phase(status, initiative_type) -%}
case
        when {{ status }} = 'idea' then 1
        when {{ status }} = 'planned' then 2
        when {{ status }} = 'in_preparation' then 3
        when {{ status }} = 'proposed' then 4
        when {{ status }} in ('completed', 'established') then 7
        when
            {{ status }} = 'decided'
            and {{ initiative_type }} in ('plan', 'budget', 'investment_plan', 'regulation', 'agreement', 'study')
            then 7
        when {{ status }} = 'decided' then 5
        when
            {{ status }} = 'ongoing'
            and {{ initiative_type }} in ('organisation', 'network', 'agreement', 'certification', 'regulation')
            then 7
        when {{ status }} = 'ongoing' then 6
    end
{%- endmacro %}
