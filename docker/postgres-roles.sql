-- Run once, by the image of PostgreSQL, in a new cluster. The tables belong to rnoce_owner, by whom the migrations run; rnoce_application, by
-- whom the API and the worker run, reads and writes rows and can neither change tables, nor run programs, nor read files.
\getenv owner_password OWNER_PASSWORD
\getenv application_password APPLICATION_PASSWORD
CREATE ROLE rnoce_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE rnoce_application LOGIN PASSWORD :'application_password';
ALTER DATABASE rnoce OWNER TO rnoce_owner;
REVOKE ALL ON DATABASE rnoce FROM PUBLIC;
GRANT CONNECT ON DATABASE rnoce TO rnoce_application;
-- What later migrations make is reached without another word.
ALTER DEFAULT PRIVILEGES FOR ROLE rnoce_owner GRANT USAGE ON SCHEMAS TO rnoce_application;
ALTER DEFAULT PRIVILEGES FOR ROLE rnoce_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO rnoce_application;
ALTER DEFAULT PRIVILEGES FOR ROLE rnoce_owner GRANT USAGE ON SEQUENCES TO rnoce_application;
