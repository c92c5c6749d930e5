-- The tables that Python writes and dbt reads (dbt source "raw"). One statement a table; types are part of the contract
-- with dbt_project/models/staging/_sources.yml, which describes every column (a test holds the two together).
-- Offsets count Unicode characters of document.raw_text, start included, end excluded.

create schema if not exists raw;

-- One row an event of a file below raw/: a copy of the append-only log in data/archive.
create table if not exists raw.file_event (
    event_id bigint not null,
    "at" timestamptz not null,
    run_id varchar,
    source_path varchar not null,
    sha256 varchar,
    bytes bigint,
    event varchar not null
);

-- One row a contract text as read, by content: the same text in two files is one document.
create table if not exists raw.document (
    document_id varchar not null,
    contract_version_id varchar not null,
    municipality_id varchar not null,
    version_year integer,
    signed_date date,
    document_kind varchar not null,
    is_truncated boolean not null,
    raw_text varchar not null,
    clean_text varchar not null,
    layout_hints varchar,
    characters integer not null,
    sentences integer not null,
    quality_flags varchar,
    reader_version varchar not null
);

-- One row a document and stretch of time in which it stood for its contract version, replayed from the log, with the
-- file (and line) that brought it and how that file told whose contract it is.
create table if not exists raw.revision (
    contract_version_id varchar not null,
    document_id varchar not null,
    revision integer not null,
    is_current boolean not null,
    loaded_at timestamptz not null,
    superseded_at timestamptz,
    withdrawn_at timestamptz,
    source_path varchar not null,
    source_line integer,
    sha256 varchar not null,
    municipality_basis varchar not null,
    version_year_basis varchar not null,
    identity_flags varchar,
    source_url varchar,
    licence varchar,
    retrieved_on date
);

-- One row a file (or line) and event, with its outcome and, where it was set aside, why.
create table if not exists raw.load_event (
    source_path varchar not null,
    source_line integer,
    sha256 varchar,
    bytes bigint,
    outcome varchar not null,
    reason varchar,
    contract_version_id varchar,
    "at" timestamptz not null,
    run_id varchar
);

-- One row a sentence, bullet, table cell or heading of a document.
create table if not exists raw.sentence (
    document_id varchar not null,
    sentence_no integer not null,
    kind varchar not null,
    section varchar not null,
    page integer,
    char_start integer not null,
    char_end integer not null,
    text varchar not null,
    is_climate_bearing boolean not null
);

create table if not exists raw.goal_mention (
    document_id varchar not null,
    fact_no integer not null,
    goal_type varchar not null,
    target_form varchar not null,
    scope varchar not null,
    sector varchar not null,
    statement varchar not null,
    value double,
    value_max double,
    unit varchar,
    direction varchar,
    bound varchar,
    baseline_year integer,
    baseline_value double,
    target_year integer,
    effective_year integer,
    gas varchar,
    status varchar not null,
    decision_body varchar,
    decision_date varchar,
    governing_document varchar,
    ownership varchar not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    section varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    rule_id varchar not null,
    confidence double not null,
    quality_flags varchar
);

create table if not exists raw.outcome_mention (
    document_id varchar not null,
    fact_no integer not null,
    outcome_type varchar not null,
    statement varchar not null,
    value double,
    value_max double,
    unit varchar,
    direction varchar,
    bound varchar,
    baseline_year integer,
    year integer,
    scope varchar not null,
    sector varchar not null,
    gas varchar,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    section varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    rule_id varchar not null,
    confidence double not null,
    quality_flags varchar
);

create table if not exists raw.initiative_mention (
    document_id varchar not null,
    fact_no integer not null,
    name varchar not null,
    initiative_type varchar not null,
    is_governing_document boolean not null,
    status varchar not null,
    status_max varchar,
    start_year integer,
    end_year integer,
    decision_body varchar,
    decision_date varchar,
    sectors varchar[] not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    section varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    rule_id varchar not null,
    confidence double not null,
    quality_flags varchar
);

-- One row an actor named in a fact. fact_kind: goal, outcome, initiative; role as in the code list actor_role.
create table if not exists raw.actor_mention (
    document_id varchar not null,
    fact_kind varchar not null,
    fact_no integer not null,
    actor_id varchar not null,
    actor_name varchar not null,
    actor_type varchar not null,
    municipality_id varchar,
    role varchar not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null,
    section varchar not null,
    extractor varchar not null,
    extractor_version varchar not null,
    rule_id varchar not null,
    confidence double not null,
    quality_flags varchar
);

-- One row a link that the text itself states. relation: stems_from (the goal stands in the document), serves (the
-- initiative is done for the goal).
create table if not exists raw.goal_initiative_mention (
    document_id varchar not null,
    goal_no integer not null,
    initiative_no integer not null,
    relation varchar not null,
    rule_id varchar not null
);

-- Every further span behind a fact: a goal named twice is one goal with several quotes.
create table if not exists raw.evidence_mention (
    document_id varchar not null,
    fact_kind varchar not null,
    fact_no integer not null,
    evidence_no integer not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null
);

-- One row a line of raw/corrections.csv as last archived, refused ones included.
create table if not exists raw.correction (
    line integer not null,
    contract_version_id varchar,
    kind varchar,
    quote varchar,
    nr integer,
    action varchar,
    decided_by varchar,
    decided_on date,
    why varchar,
    changes varchar,
    is_refused boolean not null,
    reason varchar,
    file_sha256 varchar,
    arrived_at timestamptz not null
);

-- One row a line of raw/corrections.csv and document of its contract version: what became of it there. fact_no: the
-- fact that it found or made; before: what the fact said.
create table if not exists raw.correction_effect (
    document_id varchar not null,
    line integer not null,
    kind varchar not null,
    outcome varchar not null,
    reason varchar,
    fact_no integer,
    before varchar
);

-- One row a goal of a document: the entity that it is a version of. words: its telling words in their order, by which
-- two quotes are the same; basis and score: what it was paired with the entity's other versions by.
create table if not exists raw.goal_entity (
    municipality_id varchar not null,
    document_id varchar not null,
    fact_no integer not null,
    goal_id varchar not null,
    basis varchar not null,
    score double not null,
    words varchar not null
);

-- One row an initiative of a document: the entity that it is a version of. words: of its name.
create table if not exists raw.initiative_entity (
    municipality_id varchar not null,
    document_id varchar not null,
    fact_no integer not null,
    initiative_id varchar not null,
    basis varchar not null,
    score double not null,
    words varchar not null
);

-- One row an entity and cue: words of the newer of two consecutive versions that say themselves what changed.
-- entity_id is null where they speak of the whole contract.
create table if not exists raw.change_declaration (
    municipality_id varchar not null,
    from_document_id varchar not null,
    to_document_id varchar not null,
    entity varchar not null,
    entity_id varchar,
    cue varchar not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null
);

-- One row an entity with a fact in one of two consecutive versions and none in the other: the sentence of the other
-- that holds most of its words. is_literal: all of them in their order; share: how much of their weight.
create table if not exists raw.change_echo (
    municipality_id varchar not null,
    from_document_id varchar not null,
    to_document_id varchar not null,
    entity varchar not null,
    entity_id varchar not null,
    is_literal boolean not null,
    share double not null,
    quote varchar not null,
    char_start integer not null,
    char_end integer not null
);

-- Measured precision, recall and F1 of the extraction on the gold set in tests/gold, by kind and attribute.
create table if not exists raw.quality_extraction (
    gold_set varchar not null,
    is_unseen boolean not null,
    kind varchar not null,
    attribute varchar not null,
    metric varchar not null,
    value double,
    low_95 double,
    high_95 double,
    correct integer not null,
    total integer not null,
    extractor_version varchar not null
);

-- What each file's bytes were read as, with the fingerprint of everything that decided it (bytes, path, manifest rows,
-- reader version): a file whose fingerprint is here is not read again. Python's own bookkeeping; dbt does not read it.
create table if not exists raw.reading (
    source_path varchar not null,
    sha256 varchar not null,
    fingerprint varchar not null
);

-- The documents that a file's bytes claim to be. Python's own bookkeeping; dbt reads the outcome in raw.revision.
create table if not exists raw.claim (
    source_path varchar not null,
    sha256 varchar not null,
    source_line integer,
    document_id varchar not null,
    contract_version_id varchar not null,
    is_full_contract boolean not null,
    is_in_manifest boolean not null,
    municipality_basis varchar not null,
    version_year_basis varchar not null,
    identity_flags varchar,
    source_url varchar,
    licence varchar,
    retrieved_on date
);

create table if not exists raw.rejection (
    source_path varchar not null,
    sha256 varchar not null,
    source_line integer,
    code varchar not null,
    reason varchar not null
);

-- Which version of the code each document's sentences and facts were made by. stage: sentences, mentions.
create table if not exists raw.stage_state (
    document_id varchar not null,
    stage varchar not null,
    version varchar not null
);

-- From what each municipality's entities were matched: its documents, how they were extracted, and matching's code.
create table if not exists raw.matching_state (
    municipality_id varchar not null,
    fingerprint varchar not null
);
