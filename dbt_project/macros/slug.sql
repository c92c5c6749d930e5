{# A readable key part of a text: lowercase ASCII letters and digits, words parted by hyphens, at most 80 characters.
   "Lunda-Eko II (2021–2030)" gives "lunda-eko-ii-2021-2030". A text without letters or digits gives "unnamed". #}
{% macro slug(text) -%}
    coalesce(
        nullif(
            trim(left(trim(regexp_replace(lower(strip_accents({{ text }})), '[^a-z0-9]+', '-', 'g'), '-'), 80), '-'),
            ''
        ),
        'unnamed'
    )
{%- endmacro %}

{# The municipality's part of a contract version's key: "upplands-vasby-2023" gives "upplands-vasby". Taken from the key
   and not from the name, so that Python alone decides how names that differ by a ring or dots are told apart. #}
{% macro municipality_slug(contract_version_id) -%}
regexp_replace({{ contract_version_id }}, '-[^-]+$', '')
{%- endmacro %}
