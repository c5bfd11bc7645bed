/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the document's tests share: the built-in model, opened once, and waiting. */
#pragma once

#include "doc/document.h"

SemModel *fixture_get_model (void);           /* borrowed */
SemDocument *fixture_new_document (const char *text); /* with the model, analysed */
/* Runs the main loop until nothing is under way and everything has been announced. */
void fixture_settle (SemDocument *document);
/* The index of the first unit with this label; fails the test when there is none. */
gsize fixture_find (SemDocument *document, const char *label);
