-- Makes the database and its two roles, once, in an empty cluster; run by psql as its superuser.
-- cva_owner owns the tables and migrates them; cva_app is what the ledger works as. What it may do
-- on each table is granted by `cva db upgrade`: on what is posted, select and insert only.
\set ON_ERROR_STOP on
\set owner_password `cat "${SECRETS:-/run/secrets}/cva_owner"`
\set app_password `cat "${SECRETS:-/run/secrets}/cva_app"`

CREATE ROLE cva_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE cva_app LOGIN PASSWORD :'app_password';

-- A locale that is the same on every system, so that no index breaks when an image is renewed.
CREATE DATABASE cva OWNER cva_owner TEMPLATE template0 ENCODING 'UTF8'
  LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C';
REVOKE ALL ON DATABASE cva FROM PUBLIC;
GRANT CONNECT ON DATABASE cva TO cva_app;
