/** Narrows many variants down by category and by what is searched for. It chooses nothing. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Variant } from "../../composing.ts";
import { words } from "../../words.ts";
import { Icon } from "../icon/icon.tsx";
import "./variant-filter.css";

/** So many that one would rather search than look. */
const MANY = 12;
const MARKS = /\p{M}/gu;

interface VariantFilterProps {
  /** Unique in the page. */
  name: string;
  variants: readonly Variant[];
  children: (shown: readonly Variant[]) => ComponentChildren;
}

export function VariantFilter({ name, variants, children }: VariantFilterProps) {
  const category = useSignal("");
  const sought = useSignal("");
  const categories = [...new Set(variants.map((one) => one.category))].filter(Boolean);
  const hasCategories = categories.length > 1;
  const shown = variants.filter((one) => fits(one, hasCategories ? category.value : "", sought.value));
  return (
    <>
      {hasCategories && (
        <Categories
          name={`${name}-category`}
          categories={categories}
          chosen={category.value}
          choose={(one) => {
            category.value = one;
          }}
        />
      )}
      {variants.length >= MANY && (
        <label class="search">
          <span class="hidden">{words.search}</span>
          <Icon name="search" size={20} />
          <input
            type="search"
            placeholder={words.search}
            value={sought.value}
            onKeyDown={(event) => {
              if (event.key !== "Escape" || sought.value === "") return;
              // Only the search ends, not the customiser.
              event.preventDefault();
              sought.value = "";
            }}
            onInput={(event) => {
              sought.value = event.currentTarget.value;
            }}
          />
        </label>
      )}
      {(hasCategories || variants.length >= MANY) && (
        <p class={shown.length > 0 ? "hidden" : "no-match"} role="status">
          {shown.length > 0 ? words.shownOf(shown.length, variants.length) : words.noMatch}
        </p>
      )}
      {children(shown)}
    </>
  );
}

interface CategoriesProps {
  name: string;
  categories: readonly string[];
  chosen: string;
  choose: (category: string) => void;
}

function Categories({ name, categories, chosen, choose }: CategoriesProps) {
  return (
    <fieldset class="categories">
      <legend class="hidden">{words.category}</legend>
      {["", ...categories].map((category) => (
        <label key={category} class="chip">
          <input
            type="radio"
            class="hidden"
            name={name}
            checked={category === chosen}
            onChange={() => choose(category)}
          />
          {category || words.allCategories}
        </label>
      ))}
    </fieldset>
  );
}

function fits({ name, category }: Variant, wanted: string, sought: string): boolean {
  const inCategory = wanted === "" || category === wanted;
  return inCategory && plain(`${name} ${category}`).includes(plain(sought.trim()));
}

/** Without capitals and accents, as people type when they search. */
function plain(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLowerCase();
}
