/**
 * @file The library's schema, as the steps that led to it. A step that was released is never changed; a new one is
 * added at the end. The number of steps taken is SQLite's `user_version`.
 */

export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

  CREATE TABLE documents (
    id TEXT PRIMARY KEY, path TEXT NOT NULL, title TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL
  );
  CREATE TABLE pages (
    documentId TEXT NOT NULL, number INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (documentId, number)
  ) WITHOUT ROWID;
  CREATE TABLE outcomes (path TEXT PRIMARY KEY, outcome TEXT NOT NULL);
  CREATE TABLE passages (
    id TEXT PRIMARY KEY, documentId TEXT NOT NULL, position INTEGER NOT NULL, page INTEGER NOT NULL,
    text TEXT NOT NULL, tokens INTEGER NOT NULL
  );
  CREATE INDEX passages_by_document ON passages (documentId, position);
  CREATE TABLE facts (
    id TEXT PRIMARY KEY, passageId TEXT NOT NULL, documentId TEXT NOT NULL, subject TEXT NOT NULL,
    relation TEXT NOT NULL, object TEXT NOT NULL, kind TEXT NOT NULL, statement TEXT NOT NULL, sentence TEXT NOT NULL,
    form TEXT
  );
  CREATE INDEX facts_by_document ON facts (documentId);
  CREATE TABLE held_out (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;

  CREATE TABLE nodes (id TEXT PRIMARY KEY, type TEXT NOT NULL, label TEXT NOT NULL, data TEXT NOT NULL);
  CREATE TABLE edges (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, target TEXT NOT NULL, relation TEXT NOT NULL, data TEXT NOT NULL,
    iteration INTEGER NOT NULL
  );
  CREATE INDEX edges_by_source ON edges (source);
  CREATE INDEX edges_by_target ON edges (target);

  CREATE TABLE questions (
    id TEXT PRIMARY KEY, text TEXT NOT NULL, answer TEXT NOT NULL, factIds TEXT NOT NULL, passageIds TEXT NOT NULL,
    iteration INTEGER NOT NULL
  );
  CREATE TABLE pairs (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, prompt TEXT NOT NULL, chosen TEXT NOT NULL, rejected TEXT NOT NULL,
    rejectedFrom TEXT NOT NULL, stage INTEGER NOT NULL, iteration INTEGER NOT NULL, status TEXT NOT NULL
  );
  CREATE INDEX pairs_by_stage ON pairs (stage, iteration);
  CREATE TABLE pair_versions (
    pairId TEXT NOT NULL, version INTEGER NOT NULL, pair TEXT NOT NULL, replaced TEXT NOT NULL,
    PRIMARY KEY (pairId, version)
  ) WITHOUT ROWID;
  CREATE TABLE ledger (
    stage INTEGER NOT NULL, questionId TEXT NOT NULL, iteration INTEGER NOT NULL, draw INTEGER NOT NULL,
    text TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY (stage, iteration, questionId, draw)
  );

  CREATE TABLE evaluation_questions (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, answers TEXT NOT NULL, category TEXT NOT NULL, tolerance REAL
  );
  CREATE TABLE evaluations (
    id TEXT PRIMARY KEY, model TEXT NOT NULL, created TEXT NOT NULL, result TEXT NOT NULL
  );
  `,
]
