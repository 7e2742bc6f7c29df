import type { Locator, Page } from 'playwright-core'
import { PASSWORD, type Visitor } from './visitor.js'

/** How somebody uses a page. */
export interface Hand {
  name: string
  press(this: void, target: Locator): Promise<void>
  write(this: void, target: Locator, text: string): Promise<void>
}

export const mouse: Hand = {
  name: 'the mouse',
  press: (target) => target.click(),
  write: (target, text) => target.fill(text),
}

export const keyboard: Hand = {
  name: 'the keyboard alone',
  press: async (target) => {
    await tabTo(target)
    await target.page().keyboard.press('Enter')
  },
  write: async (target, text) => {
    await tabTo(target)
    await target.page().keyboard.type(text)
  },
}

const LONGEST_WAY = 60

const FOCUS_IS_SEEN = `(() => {
  const { outlineStyle, boxShadow } = getComputedStyle(document.activeElement)
  return outlineStyle !== 'none' || boxShadow !== 'none'
})()`

/** Presses Tab until the target has the focus, which has to be seen. */
async function tabTo(target: Locator): Promise<void> {
  const page = target.page()
  const focused = target.and(page.locator(':focus'))
  await target.waitFor()
  for (let presses = 0; presses < LONGEST_WAY; presses += 1) {
    if ((await focused.count()) > 0) {
      if (await page.evaluate<boolean>(FOCUS_IS_SEEN)) return
      throw new Error(`Nothing shows the focus on ${target.toString()}`)
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${target.toString()}`)
}

/** The card of a plan. */
export function planCard(page: Page, name: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })
}

/** Makes an account with the host's own form. */
export async function signUpByHand(
  { page, email }: Visitor,
  { press, write }: Hand,
): Promise<void> {
  await page.getByLabel('Email').waitFor()
  const other = page.getByRole('link', { name: 'New here? Sign up' })
  if ((await other.count()) > 0) await press(other)
  await write(page.getByLabel('Email'), email)
  await write(page.getByLabel('Password'), PASSWORD)
  await press(page.getByRole('button', { name: 'Sign up' }))
  await page.waitForURL(({ pathname }) => !['/login', '/signup'].includes(pathname))
}
