# shellcheck shell=sh
# Sourced at the end of .env. A Swarm's secrets and configs can't be changed, only replaced:
# each is named by a hash of what is in it, so that a changed file is a new one.
hash_of() {
  [ -r "$1" ] || { echo "missing: $1 (see .env.example)" >&2; return 1; }
  sha256sum "$1" | cut -c1-12
}
DATABASE_PASSWORD_HASH=$(hash_of "${SECRETS_DIR:?set it in .env}/database_password") || return 1
DEPLOYMENT_SECRET_HASH=$(hash_of "$SECRETS_DIR/deployment_secret") || return 1
MAIL_URL_HASH=$(hash_of "$SECRETS_DIR/mail_url") || return 1
PROXY_SECRET_HASH=$(hash_of "$SECRETS_DIR/proxy_secret") || return 1
APP_CONFIG_HASH=$(hash_of "${APP_CONFIG_FILE:?set it in .env}") || return 1
BACKUP_SCRIPT_HASH=$(hash_of deploy/backup.sh) || return 1
# only where pictures lie in a bucket: deploy/media-s3.yml
if [ -n "${MEDIA_S3_URL:-}" ]; then
  MEDIA_S3_KEY_HASH=$(hash_of "$SECRETS_DIR/media_s3_key") || return 1
  export MEDIA_S3_KEY_HASH
fi
export DATABASE_PASSWORD_HASH DEPLOYMENT_SECRET_HASH MAIL_URL_HASH PROXY_SECRET_HASH APP_CONFIG_HASH BACKUP_SCRIPT_HASH
