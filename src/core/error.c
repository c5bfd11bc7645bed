/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The quarks of the core's error domains. */
#include "core/error.h"

G_DEFINE_QUARK (sem_format_error, sem_format_error)
G_DEFINE_QUARK (sem_text_error, sem_text_error)
G_DEFINE_QUARK (sem_numeric_error, sem_numeric_error)
