import type zh from '../zh/home'

export default {
  title: 'My to-do',
  greeting: 'Hello, {name}',
} satisfies typeof zh
