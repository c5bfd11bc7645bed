/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Translation marks for the words in pictures.  The catalogue is bound by whoever shows or writes the picture (window or
 * command line); without one the English words appear. */
#pragma once

#include <glib.h>

#define _(text) g_dgettext (GETTEXT_PACKAGE, text)
#define N_(text) text
#define C_(context, text) g_dpgettext2 (GETTEXT_PACKAGE, context, text)
#define NG_(one, many, n) g_dngettext (GETTEXT_PACKAGE, one, many, (gulong) (n))
