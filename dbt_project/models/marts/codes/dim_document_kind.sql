-- Grain: one row a code of the list document_kind.
{{ code_list(ref('codes_document_kind')) }}
