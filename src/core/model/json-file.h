/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small JSON files beside a model (config.json, an index): read with a limit, and looked up without surprises. */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

#define SEM_JSON_FILE_LIMIT (64 << 20)

/* sem_json_file_load: an object, at most SEM_JSON_FILE_LIMIT bytes.
 * Errors: G_FILE_ERROR; SEM_FORMAT_ERROR_BAD_VALUE, LIMIT, beginning with the file's base name. */
json_t *sem_json_file_load (const char *path, GError **error);
json_t *sem_json_parse_object (const char *what, GBytes *bytes, GError **error);
/* The string, or NULL when it is not there or no string. */
const char *sem_json_object_get_text (json_t *object, const char *key);

G_END_DECLS
