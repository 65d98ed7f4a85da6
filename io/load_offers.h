/*
 * load_offers.h - retrofits of the catalogue in a park: an offer is one of them at a place, or at all its places together.
 * Used by load_offers.c (what is asked for, partners) and load_offer_places.c (one entry of the catalogue).
 * Looks down on: schema, units.
 */
#ifndef PARK_IO_LOAD_OFFERS_H
#define PARK_IO_LOAD_OFFERS_H

#include "load_sections.h"

typedef struct park_offer {
    const char           *name;  /* of the catalogue's entry */
    const park_tree_node *entry; /* with what the park says of it */
    bool                  together;
    const char           *id;
    park_tree_node       *node;    /* the retrofit as a user would write it; not yet in the tree */
    bool                  dropped; /* what it requires is not offered */
    size_t                places;
    const char          **place; /* [places] ids of units and networks */
} park_offer;

/* Why entries apply to nothing here; those with one reason stand together. */
typedef struct park_offer_reason {
    const char *en, *zh;
    const char *names; /* "a, b" */
} park_offer_reason;

typedef struct park_offers {
    park_loader          *loader;
    park_tree_node       *section;      /* retrofits */
    const park_tree_node *from;         /* the word that asks, where what is said of offers stands */
    size_t                cost, effect; /* 0 low, 1 typical, 2 high */
    size_t                count, cap;
    park_offer           *offer;
    size_t                reasons, reasons_cap;
    park_offer_reason    *reason;
} park_offers;

/* Offers of one entry, `entry` copied and overridden already; where it applies to nothing the reason is kept. */
void park_offer_make(park_offers *offers, const char *name, const park_tree_node *entry);
/* Keep why `name` is not offered. */
void park_offer_refuse(park_offers *offers, const char *name, const char *en, const char *zh);

#endif
