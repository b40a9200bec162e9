CREATE DATABASE IF NOT EXISTS camunda CHARACTER SET utf8mb4;
GRANT ALL ON camunda.* TO 'relance'@'%';
